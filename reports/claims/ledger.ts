import { z } from 'zod';
import { CLAIM_IDS, type Claim, PAIRS, type PairName } from './claim.ts';
import type { ClaimEvidence } from './claim-evidence.ts';
import { type Finding, findingSchema } from './finding.ts';

export const LEDGER_KIND = 'crosscurrent-claims';

/** All claims with what was found, and the results that it rests on. */
export const ledgerSchema = z.object({
  kind: z.literal(LEDGER_KIND),
  schemaVersion: z.literal(1),
  createdAt: z.string(),
  tool: z.object({ version: z.string(), gitCommit: z.string().nullable(), gitDirty: z.boolean().nullable() }),
  machine: z.string(),
  /** One a result; none where no experiment was run. */
  experiments: z.array(
    z.object({
      name: z.string(),
      pair: z.enum(['embedded', 'real']),
      createdAt: z.string(),
      passedRuns: z.int(),
      refusedRuns: z.int(),
      wrongRuns: z.int(),
      /** Of its plan: not 0 where it was interrupted. */
      runsLeft: z.int(),
    }),
  ),
  /** What limits the ledger as a whole: results of several machines or versions, results that were left out. */
  remarks: z.array(z.string()),
  entries: z.array(
    z.object({
      id: z.enum(CLAIM_IDS),
      embedded: findingSchema,
      /** Null where the real systems were not asked. */
      real: findingSchema.nullable(),
    }),
  ),
});
export type Ledger = z.infer<typeof ledgerSchema>;

/**
 * Judges claims for the pairs of engines that were measured.
 *
 * @param evidence of each pair; null leaves a pair out
 */
export function judge(
  claims: readonly Claim[],
  evidence: { readonly embedded: ClaimEvidence; readonly real: ClaimEvidence | null },
): Ledger['entries'] {
  const of = (claim: Claim, pair: PairName, known: ClaimEvidence): Finding =>
    claim.decide(known, PAIRS[pair]);
  return claims.map((claim) => ({
    id: claim.id,
    embedded: of(claim, 'embedded', evidence.embedded),
    real: evidence.real === null ? null : of(claim, 'real', evidence.real),
  }));
}
