import { Worker } from 'node:worker_threads';
import { fromWireError } from '../../errors/index.ts';
import type { ScheduleProfile } from '../replay/index.ts';
import type { Observation, ObservedTally, SecondSummary } from './observation.ts';
import type {
  EndOffsets,
  ExpectedRecords,
  ObserverCommand,
  ObserverMessage,
  ObserverTask,
} from './protocol.ts';

/** A running observer thread. */
export interface Observer {
  readonly expected: ExpectedRecords;
  /** The newest tally heard, each 100 ms; undefined before the first and in deferred mode. */
  tally(): ObservedTally | undefined;
  /**
   * Tells the observer when inputs are due, for `seconds`.
   *
   * @param startNs monotonic nanoseconds at which record 0 is due
   */
  schedule(profile: ScheduleProfile, startNs: bigint): void;
  /** The newest heard of each second of the schedule that has begun, in order; empty before `schedule` and in deferred mode. */
  seconds(): readonly SecondSummary[];
  /** Reads up to the end offsets and resolves with everything seen; the thread is gone then. */
  finish(endOffsets: EndOffsets): Promise<Observation>;
  /** Ends the thread at once. */
  abandon(): Promise<void>;
  /** Rejects when the thread fails. */
  readonly failed: Promise<never>;
}

/** Starts an observer; resolves when its reader stands at the beginning of every output. */
export async function startObserver(task: ObserverTask): Promise<Observer> {
  const worker = new Worker(new URL('./observer-thread.ts', import.meta.url), {
    workerData: task,
    name: 'observer',
  });
  let latest: ObservedTally | undefined;
  const seconds: SecondSummary[] = [];
  const ready = Promise.withResolvers<ExpectedRecords>();
  const finished = Promise.withResolvers<Observation>();
  const failed = Promise.withResolvers<never>();
  for (const pending of [ready.promise, finished.promise, failed.promise]) pending.catch(() => undefined);
  let over = false;
  const fail = (error: unknown): void => {
    ready.reject(error);
    finished.reject(error);
    failed.reject(error);
  };
  worker.on('error', fail);
  worker.on('exit', (code) => {
    if (!over) fail(new Error(`the observer's thread ended early, with code ${code}`));
  });
  worker.on('message', (message: ObserverMessage) => {
    switch (message.kind) {
      case 'ready':
        ready.resolve(message.expected);
        return;
      case 'tally':
        latest = message.tally;
        for (const summary of message.seconds) seconds[summary.second] = summary;
        return;
      case 'finished':
        over = true;
        finished.resolve(message.observation);
        return;
      case 'failed':
        over = true;
        fail(fromWireError(message.error));
        return;
      default:
        message satisfies never;
    }
  });
  const tell = (command: ObserverCommand): void => worker.postMessage(command);
  const expected = await ready.promise.catch(async (error) => {
    await worker.terminate();
    throw error;
  });
  return {
    expected,
    tally: () => latest,
    schedule: (profile, startNs) => tell({ kind: 'schedule', profile, startNs }),
    seconds: () => seconds,
    finish: async (endOffsets) => {
      tell({ kind: 'finish', endOffsets });
      const observation = await finished.promise;
      await worker.terminate();
      return observation;
    },
    abandon: async () => {
      over = true;
      await worker.terminate();
    },
    failed: failed.promise,
  };
}
