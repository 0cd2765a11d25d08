import type { Pace, ReplayCommand, ReplayProgress, ReplayThreadTask, ThreadReport } from './protocol.ts';
import { startThread, type ThreadHandle } from './thread-handle.ts';

/** The threads of a replay as one. */
export interface ReplayThreads {
  tell(command: ReplayCommand): void;
  progress(): ReplayProgress;
  readonly sentUs: Float64Array;
  /** One report a thread; rejects with the first failure, when no thread is left. */
  readonly done: Promise<ThreadReport[]>;
  stop(): Promise<void>;
}

export interface ThreadsTask extends Omit<ReplayThreadTask, 'sentUs' | 'share' | 'counts'> {
  readonly pace: Pace;
  readonly producers: number;
}

/**
 * Starts the threads and waits until each is connected.
 *
 * @throws what the first of them failed with; nothing is left running then
 */
export async function startThreads({ producers, ...task }: ThreadsTask): Promise<ReplayThreads> {
  const sentUs = new Float64Array(shared(task.log.count * Float64Array.BYTES_PER_ELEMENT)).fill(Number.NaN);
  const counts = new Int32Array(shared(2 * producers * Int32Array.BYTES_PER_ELEMENT));
  const threads: ThreadHandle[] = [];
  const stop = async (): Promise<void> => {
    await Promise.all(threads.map((thread) => thread.stop()));
  };
  const orStop = async <T>(parts: readonly Promise<T>[]): Promise<T[]> => {
    try {
      return await Promise.all(parts);
    } catch (error) {
      await stop();
      throw error;
    }
  };
  for (let thread = 0; thread < producers; thread += 1) {
    threads.push(startThread({ ...task, sentUs, counts, share: { thread, threads: producers } }));
  }
  await orStop(threads.map(({ ready }) => ready));
  const done = orStop(threads.map((thread) => thread.done));
  done.catch(() => undefined);
  return {
    tell: (command) => {
      for (const thread of threads) thread.tell(command);
    },
    progress: () => ({ sent: sumOf(counts, 0), acknowledged: sumOf(counts, 1) }),
    sentUs,
    done,
    stop,
  };
}

const shared = (bytes: number): SharedArrayBuffer => new SharedArrayBuffer(bytes);

/** Of each thread's pair of counts, the first or the second, summed. */
function sumOf(counts: Int32Array, offset: 0 | 1): number {
  let sum = 0;
  for (let index = offset; index < counts.length; index += 2) sum += Atomics.load(counts, index);
  return sum;
}
