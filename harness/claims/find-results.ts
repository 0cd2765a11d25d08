import { CrosscurrentError } from '../../errors/index.ts';
import type { Result } from '../../reports/model/index.ts';
import { type PlannedExperiment, type StandingExperiment, standingExperiment } from './experiments.ts';

/** An experiment of which something was measured. */
export interface FoundExperiment extends StandingExperiment {
  readonly result: Result;
}

/**
 * What the folders of the experiments hold.
 *
 * @param isAsked whether the claims that were asked for rest on it: then its folder must be in order
 * @returns what was found, and a remark for each folder that was not asked for and cannot be used
 * @throws MATRIX_CHANGED for a result of another matrix, and what reading a result throws, where it was asked for
 */
export async function findResults(
  experiments: readonly PlannedExperiment[],
  isAsked: (planned: PlannedExperiment) => boolean,
): Promise<{ readonly found: readonly FoundExperiment[]; readonly remarks: readonly string[] }> {
  const found: FoundExperiment[] = [];
  const remarks: string[] = [];
  for (const planned of experiments) {
    try {
      const standing = await standingExperiment(planned, false);
      if (standing.standing.earlier) found.push({ ...standing, result: standing.standing.earlier });
    } catch (error) {
      if (isAsked(planned) || !(error instanceof CrosscurrentError)) throw error;
      remarks.push(`Left out: ${error.message}`);
    }
  }
  return { found, remarks };
}
