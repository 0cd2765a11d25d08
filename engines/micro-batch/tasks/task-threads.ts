import type { Deployment } from '../../pipeline/index.ts';
import type { BatchTasks, OffsetRange, TaskOutput } from '../execution/index.ts';
import { TaskHandle } from './task-handle.ts';
import { threadOfPartition } from './task-messages.ts';

export interface TaskThreads extends BatchTasks {
  /** Between two batches. */
  close(): Promise<void>;
  /** Ends all threads abruptly. */
  terminate(): Promise<void>;
}

/**
 * Tasks on threads of their own, each with its share of the partitions of every source: it fetches, decodes and runs
 * the steps, and gives columns in memory that is transferred. Which thread runs a task changes nothing in its output.
 * A thread that fails fails the batch, and every later one.
 */
export function startTaskThreads(deployment: Deployment, incarnation: number, threads: number): TaskThreads {
  const handles = Array.from(
    { length: threads },
    (_, thread) => new TaskHandle({ kind: 'job', deployment, incarnation, thread, threads }),
  );
  return {
    ...shareTasks(handles),
    async close() {
      await Promise.all(handles.map((handle) => handle.close()));
    },
    async terminate() {
      await Promise.all(handles.map((handle) => handle.terminate()));
    },
  };
}

/** Shares the partitions of every source out to tasks that each know their own only. */
export function shareTasks(threads: readonly BatchTasks[]): BatchTasks {
  return {
    async run(ranges) {
      const shares = await Promise.all(
        threads.map((tasks, thread) =>
          tasks.run(ranges.map((range, source) => shareOf(range, source, thread, threads.length))),
        ),
      );
      return ranges.map((range, source) => joinShares(range, source, shares));
    },
  };
}

/** The part of a range that is a thread's own. */
function shareOf({ from, to }: OffsetRange, source: number, thread: number, threads: number): OffsetRange {
  const isOwn = (_: number, partition: number) => threadOfPartition(source, partition, threads) === thread;
  return { from: from.filter(isOwn), to: to.filter(isOwn) };
}

/** The outputs of a source, in partition order again. */
function joinShares(
  { from }: OffsetRange,
  source: number,
  shares: readonly (readonly TaskOutput[])[],
): TaskOutput {
  const outputs = shares.map((share) => share[source] as TaskOutput);
  const taken = outputs.map(() => 0);
  const partitions = from.map((_, partition) => {
    const thread = threadOfPartition(source, partition, outputs.length);
    const next = taken[thread] as number;
    taken[thread] = next + 1;
    return (outputs[thread] as TaskOutput).partitions[next] as TaskOutput['partitions'][number];
  });
  return {
    partitions,
    deadLetters: outputs.flatMap(({ deadLetters }) => deadLetters),
    inputRows: outputs.reduce((total, { inputRows }) => total + inputRows, 0),
  };
}
