import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { CrosscurrentError } from '../../errors/index.ts';
import { RESULT_FILE_NAME, type Result } from '../../reports/model/index.ts';
import { standingOf } from '../matrix/index.ts';
import { type ClaimExperiment, type StandingExperiment, standingExperiment } from './experiments.ts';

/** An experiment of which something was measured. */
export interface FoundExperiment extends StandingExperiment {
  readonly result: Result;
}

/** What the folders of experiments hold. */
export interface FoundResults {
  readonly asked: readonly FoundExperiment[];
  /** What was not asked for, and is judged as well. */
  readonly others: readonly FoundExperiment[];
  /** One for each folder that was not asked for and cannot be used. */
  readonly remarks: readonly string[];
}

/**
 * Reads the results of the experiments, as they are now.
 *
 * @param asked those on which the claims rest that were asked for: their folders must be in order
 * @throws MATRIX_CHANGED for a result of another matrix, and what reading a result throws, where it was asked for
 */
export async function findResults(
  experiments: readonly ClaimExperiment[],
  asked: readonly StandingExperiment[],
): Promise<FoundResults> {
  const now = await Promise.all(
    asked.map(async (each) => ({ ...each, standing: await standingOf(each.plan, each.folder, false) })),
  );
  const others: StandingExperiment[] = [];
  const remarks: string[] = [];
  for (const each of experiments) {
    const isAsked = asked.some(({ folder }) => folder === each.folder);
    if (isAsked || !existsSync(join(each.folder, RESULT_FILE_NAME))) continue;
    try {
      others.push(await standingExperiment(each, false));
    } catch (error) {
      if (!(error instanceof CrosscurrentError)) throw error;
      remarks.push(`Left out: ${error.message}`);
    }
  }
  return { asked: now.flatMap(found), others: others.flatMap(found), remarks };
}

function found(one: StandingExperiment): readonly FoundExperiment[] {
  const { earlier } = one.standing;
  return earlier === null ? [] : [{ ...one, result: earlier }];
}
