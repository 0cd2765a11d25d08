import type { Finding } from './finding.ts';

/**
 * The finding of a claim whose experiments were not run, or gave no figure.
 *
 * @param reason where it is another than that
 */
export function notMeasured(
  experiments: readonly string[],
  reason?: Pick<Finding, 'because' | 'wouldChange'>,
): Finding {
  return {
    verdict: 'not-measured',
    because: `No figures of ${experiments.join(', ')}: not run, or every run was refused.`,
    figures: [],
    conditions: [],
    wouldChange: 'Running it: `crosscurrent claims`.',
    ...reason,
  };
}
