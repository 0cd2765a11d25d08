import { join } from 'node:path';
import {
  CLAIMS,
  type ClaimId,
  EXPERIMENTS,
  type Experiment,
  type PairName,
} from '../../reports/claims/index.ts';
import { type MatrixPlan, type MatrixStanding, matrixOf, planMatrix, standingOf } from '../matrix/index.ts';

const PAIR_NAMES: readonly PairName[] = ['embedded', 'real'];

/** An experiment on one pair of engines, worked out. */
export interface PlannedExperiment {
  readonly experiment: Experiment;
  readonly pair: PairName;
  /** That rest on it. */
  readonly claims: readonly ClaimId[];
  /** Of its result. */
  readonly folder: string;
  readonly plan: MatrixPlan;
}

/** The same, and how far it is. */
export interface StandingExperiment extends PlannedExperiment {
  readonly standing: MatrixStanding;
}

/**
 * Every experiment of the registry, in the order in which they run: those of the embedded engines first.
 *
 * @param out folder that holds a folder of each pair, which holds one of each experiment
 */
export async function planExperiments(out: string): Promise<readonly PlannedExperiment[]> {
  const planned: PlannedExperiment[] = [];
  for (const pair of PAIR_NAMES) {
    for (const experiment of EXPERIMENTS) {
      const { name } = experiment;
      const values = experiment[pair];
      if (values === null) continue;
      const title = `of the experiment ${name} (${pair})`;
      planned.push({
        experiment,
        pair,
        claims: CLAIMS.filter(({ experiments }) => experiments.includes(name)).map(({ id }) => id),
        folder: join(out, pair, name),
        plan: await planMatrix(matrixOf(values, title), title),
      });
    }
  }
  return planned;
}

/** Looks how far an experiment is. @param restart as at `standingOf`, which says what is thrown too */
export async function standingExperiment(
  planned: PlannedExperiment,
  restart: boolean,
): Promise<StandingExperiment> {
  return { ...planned, standing: await standingOf(planned.plan, planned.folder, restart) };
}
