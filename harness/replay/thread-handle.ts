import { Worker } from 'node:worker_threads';
import { fromWireError } from '../../errors/index.ts';
import type { ReplayCommand, ReplayMessage, ReplayThreadTask, ThreadReport } from './protocol.ts';

/** One thread of a replay. */
export interface ThreadHandle {
  /** Resolves when it is connected and waits for its start. */
  readonly ready: Promise<void>;
  readonly done: Promise<ThreadReport>;
  tell(command: ReplayCommand): void;
  /** Ends the thread at once. Idempotent; `ready` and `done` stay open if they were. */
  stop(): Promise<void>;
}

/** Starts a thread; its failure shows in `ready` and `done`. */
export function startThread(task: ReplayThreadTask): ThreadHandle {
  const worker = new Worker(new URL('./replay-thread.ts', import.meta.url), { workerData: task });
  const ready = Promise.withResolvers<void>();
  const done = Promise.withResolvers<ThreadReport>();
  // A replay that is stopped, or whose failure shows elsewhere first, must not end the process.
  ready.promise.catch(() => undefined);
  done.promise.catch(() => undefined);
  let isStopped = false;
  const fail = (error: unknown): void => {
    ready.reject(error);
    done.reject(error);
  };
  worker.on('error', fail);
  worker.on('exit', (code) => {
    if (!isStopped) fail(new Error(`a thread of the replay ended early, with code ${code}`));
  });
  worker.on('message', (message: ReplayMessage) => {
    switch (message.kind) {
      case 'ready':
        ready.resolve();
        return;
      case 'done':
        done.resolve(message.report);
        return;
      case 'failed':
        fail(fromWireError(message.error));
        return;
      default:
        message satisfies never;
    }
  });
  return {
    ready: ready.promise,
    done: done.promise,
    tell: (command) => worker.postMessage(command),
    stop: async () => {
      isStopped = true;
      await worker.terminate();
    },
  };
}
