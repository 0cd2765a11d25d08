import { Worker } from 'node:worker_threads';
import { fromWireError } from '../../errors/index.ts';
import type { Observation, ObservedTally } from './observation.ts';
import type { ExpectedRecords, ObserverCommand, ObserverMessage, ObserverTask } from './protocol.ts';

/** A running observer thread. */
export interface Observer {
  readonly expected: ExpectedRecords;
  /** The newest tally heard; undefined before the first and in deferred mode. */
  tally(): ObservedTally | undefined;
  /** Reads up to the end offsets and resolves with everything seen; the thread is gone then. */
  finish(endOffsets: ObserverCommand['endOffsets']): Promise<Observation>;
  /** Ends the thread at once. */
  abandon(): Promise<void>;
  /** Rejects when the thread fails. */
  readonly failed: Promise<never>;
}

/** Starts an observer; resolves when its reader stands at the beginning of every output. */
export async function startObserver(task: ObserverTask): Promise<Observer> {
  const worker = new Worker(new URL('./observer-thread.ts', import.meta.url), { workerData: task });
  let latest: ObservedTally | undefined;
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
  const expected = await ready.promise;
  return {
    expected,
    tally: () => latest,
    finish: async (endOffsets) => {
      worker.postMessage({ kind: 'finish', endOffsets } satisfies ObserverCommand);
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
