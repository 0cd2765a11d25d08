import { evidenceOf } from '../../evidence/index.ts';
import type { Cell, Result } from '../../model/index.ts';
import type { Capability, ClaimEvidence } from '../claim-evidence.ts';
import { syntheticResult } from './synthetic-result.ts';

/** What experiments gave, by name, as cells or as a whole result; those that are not named were not run. */
type SyntheticExperiments = Readonly<Record<string, readonly Cell[] | Result>>;

/** Evidence of known truth for `Claim.decide`. Engines without capabilities have none. */
export function syntheticEvidence(
  experiments: SyntheticExperiments,
  capabilities: Partial<Readonly<Record<Cell['engine'], readonly Capability[]>>> = {},
): ClaimEvidence {
  const known = new Map(
    Object.entries(experiments).map(([name, given]) => {
      const result = 'cells' in given ? given : syntheticResult(given);
      return [name, { result, evidence: evidenceOf([{ file: `${name}/result.json`, result }]) }];
    }),
  );
  return {
    experiment: (name) => known.get(name) ?? null,
    capabilitiesOf: (engine) => new Set(capabilities[engine]),
  };
}
