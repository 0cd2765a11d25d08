import { type BatchPlan, runSteps, type SteppedBatch } from '../plan/index.ts';
import type { BatchSource, DeadLetter, OffsetRange } from './ports.ts';

/** What the tasks of a batch made of the range of one source. */
export interface TaskOutput {
  /** In partition order, after the row-wise steps of the plan. */
  readonly partitions: readonly SteppedBatch[];
  readonly deadLetters: readonly DeadLetter[];
  /** Records of the range, as Spark counts rows: also those that the plan left out, and dead letters. */
  readonly inputRows: number;
}

/**
 * Reads the ranges of a batch and runs the row-wise part of the plan over them, a task an input partition. The same
 * ranges give the same rows wherever the tasks run.
 */
export interface BatchTasks {
  /** Ranges and outputs in the order of the plan's sources. */
  run(ranges: readonly OffsetRange[]): Promise<readonly TaskOutput[]>;
}

/** All tasks in this thread, one after the other. */
export function inlineTasks(plan: BatchPlan, sources: readonly BatchSource[]): BatchTasks {
  return {
    run: (ranges) =>
      Promise.all(
        plan.sources.map(async ({ steps }, index) => {
          const source = sources[index] as BatchSource;
          const {
            partitions,
            deadLetters,
            filteredRows = 0,
          } = await source.read(ranges[index] as OffsetRange);
          const rows = partitions.reduce((total, { rowCount }) => total + rowCount, 0);
          return {
            partitions: partitions.map((batch) => runSteps(steps, batch)),
            deadLetters,
            inputRows: rows + filteredRows + deadLetters.length,
          };
        }),
      ),
  };
}
