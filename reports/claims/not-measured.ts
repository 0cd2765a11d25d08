import type { Finding } from './finding.ts';

/** The finding of a claim whose experiments were not run, or gave no figure. */
export function notMeasured(experiments: readonly string[]): Finding {
  return {
    verdict: 'not-measured',
    because: `No figures of ${experiments.join(', ')}: not run, or every run was refused.`,
    figures: [],
    conditions: [],
    wouldChange: 'Running it: `crosscurrent claims`.',
  };
}
