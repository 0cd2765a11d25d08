import type { Configuration } from '../evidence/index.ts';
import type { Cell } from '../model/index.ts';
import type { Pair, Side } from './claim.ts';
import type { ClaimEvidence } from './claim-evidence.ts';
import type { Experiment } from './experiment.ts';
import { cellsOf, configurationsOf } from './lookup.ts';

type Engine = Pair[keyof Pair];

/** Both sides, in the order of every report. */
export const SIDES: readonly Side[] = ['event-driven', 'micro-batch'];

/** What was measured of an engine on merchant-spend under at-least-once and one profile. */
export function spendConfigurations(
  evidence: ClaimEvidence,
  experiment: Experiment,
  engine: Engine,
  profile: string,
): readonly Configuration[] {
  return configurationsOf(evidence, experiment, engine).filter((one) => isAsked(one, profile));
}

/** The same cells of the result, for what evidence leaves out. */
export function spendCells(
  evidence: ClaimEvidence,
  experiment: Experiment,
  engine: Engine,
  profile: string,
): readonly Cell[] {
  return cellsOf(evidence, experiment, engine).filter((one) => isAsked(one, profile));
}

function isAsked(one: Pick<Cell, 'workload' | 'guarantee' | 'profile'>, profile: string): boolean {
  return one.workload === 'merchant-spend' && one.guarantee === 'at-least-once' && one.profile === profile;
}
