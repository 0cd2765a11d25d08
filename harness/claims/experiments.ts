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

/** An experiment on one pair of engines. */
export interface ClaimExperiment {
  readonly experiment: Experiment;
  readonly pair: PairName;
  /** That rest on it. */
  readonly claims: readonly ClaimId[];
  /** Of its result. */
  readonly folder: string;
}

/** The same, worked out, and how far it is. */
export interface StandingExperiment extends ClaimExperiment {
  readonly plan: MatrixPlan;
  readonly standing: MatrixStanding;
}

/**
 * Every experiment of the registry, in the order in which they run: those of the embedded engines first.
 *
 * @param out folder that holds a folder of each pair, which holds one of each experiment
 */
export function claimExperiments(out: string): readonly ClaimExperiment[] {
  return PAIR_NAMES.flatMap((pair) =>
    EXPERIMENTS.filter((experiment) => experiment[pair] !== null).map((experiment) => ({
      experiment,
      pair,
      claims: CLAIMS.filter(({ experiments }) => experiments.includes(experiment.name)).map(({ id }) => id),
      folder: join(out, pair, experiment.name),
    })),
  );
}

/** Works out what an experiment runs. */
export async function planExperiment({ experiment, pair }: ClaimExperiment): Promise<MatrixPlan> {
  const title = `of the experiment ${experiment.name} (${pair})`;
  return await planMatrix(matrixOf(experiment[pair], title), title);
}

/**
 * Works out an experiment and looks how far it is.
 *
 * @param restart as at `standingOf`, which says what is thrown too
 */
export async function standingExperiment(
  experiment: ClaimExperiment,
  restart: boolean,
): Promise<StandingExperiment> {
  const plan = await planExperiment(experiment);
  return { ...experiment, plan, standing: await standingOf(plan, experiment.folder, restart) };
}
