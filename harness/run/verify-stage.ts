import type { RunningPipeline } from '../../engines/pipeline/index.ts';
import type { Verification } from '../../reports/model/index.ts';
import type { Observation } from '../observe/index.ts';
import { reportedResults, verify } from '../verify/index.ts';
import type { CellPlan } from './plan.ts';
import type { Stage } from './stage.ts';

/** Judges what came out on a stage that has finished. */
export function verifyStage(
  stage: Stage,
  cell: CellPlan,
  {
    observation,
    running,
    kills,
  }: {
    readonly observation: Observation;
    readonly running: RunningPipeline;
    /** Faults injected in the run. */
    readonly kills: number;
  },
): Verification {
  return verify({
    tally: observation.tally,
    coveringOutputs: observation.outputNewestSequences.length,
    everyChange: stage.everyChange,
    reportedResults: reportedResults(stage.events),
    expected: stage.expected,
    late: stage.dataflowOptions.late,
    progress: running.progress(),
    guarantee: cell.guarantee,
    kills,
  });
}
