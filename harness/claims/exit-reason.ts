import type { ExitReason } from '../../errors/index.ts';
import type { Claim, Ledger } from '../../reports/claims/index.ts';
import { exitReasonOf } from '../run/index.ts';
import type { FoundExperiment } from './find-results.ts';

/**
 * How judging claims ends. A wrong output beats all else. A refused or failed run counts only where it left a claim unmeasured: a rate that an
 * engine cannot hold may be just what a claim is about.
 *
 * @param claims that were asked for
 * @param found what they rest on
 */
export function exitReasonOfClaims(
  { entries }: Ledger,
  claims: readonly Claim[],
  found: readonly FoundExperiment[],
): ExitReason {
  if (found.some(({ result }) => exitReasonOf(result) === 'oracle')) return 'oracle';
  const unmeasured = found.filter(({ pair, experiment, standing }) => {
    const rest = claims.filter(({ experiments }) => experiments.includes(experiment.name));
    const findings = rest.map(({ id }) => entries.find((entry) => entry.id === id)?.[pair]);
    return standing.runsLeft === 0 && findings.some((finding) => finding?.verdict === 'not-measured');
  });
  const reasons = new Set(unmeasured.map(({ result }) => exitReasonOf(result)));
  if (reasons.has('invalid')) return 'invalid';
  return reasons.has('crash') ? 'crash' : 'ok';
}
