import { Worker } from 'node:worker_threads';
import { fromWireError } from '../../errors/index.ts';
import type { KafkaConnection, ProducerOptions } from '../../kafka/index.ts';
import type { RecordedLog } from '../../workloads/index.ts';
import type {
  Pace,
  ReplayCommand,
  ReplayMessage,
  ReplayProgress,
  ReplayThreadTask,
  ThreadReport,
} from './protocol.ts';
import type { Schedule } from './schedule.ts';

interface ReplayTask {
  readonly connection: KafkaConnection;
  /** Has at least as many partitions as the log; nobody else writes to it meanwhile. */
  readonly topic: string;
  readonly log: RecordedLog;
  readonly schedule: Schedule;
  readonly producer?: Partial<ProducerOptions>;
}

/** What a finished replay did. `sent`, `acknowledged` and `stored` must be equal, or the run is void. */
export interface ReplayReport extends ThreadReport {
  /** Actual send of each record, microseconds from the start of the schedule: for the uncorrected latency. */
  readonly sentUs: Float64Array;
}

/** A replay on its own thread, connected and waiting for its start. */
interface Replay {
  /** @param startNs monotonic nanoseconds (process.hrtime.bigint) at which record 0 is due; best a little ahead */
  start(startNs: bigint): void;
  /** The newest heard, about ten times a second. */
  progress(): ReplayProgress;
  /** Actual send of each record so far, in shared memory; NaN for records not sent yet. */
  readonly sentUs: Float64Array;
  /** Resolves when every record is acknowledged; rejects with REPLAY_BEHIND or a KAFKA_* error. The thread has ended then. */
  readonly done: Promise<ReplayReport>;
  /** Ends the thread at once, whatever it does. Idempotent; resolves when it is gone. `done` stays open if it was. */
  stop(): Promise<void>;
}

const ON_SCHEDULE: ProducerOptions = { acks: -1, lingerMs: 0, maxInFlight: 5 };
const BACKLOG: ProducerOptions = { acks: -1, lingerMs: 5, maxInFlight: 5 };

/**
 * Starts a thread that will send the log's records at their due instants.
 *
 * @throws REPLAY_TOPIC_TOO_SMALL or a KAFKA_* error when the thread cannot get ready; nothing is left running then
 */
export async function startReplay(task: ReplayTask): Promise<Replay> {
  const { schedule, producer, ...rest } = task;
  const pace: Pace = { kind: 'schedule', profile: schedule.profile };
  return await startThread({ ...rest, producer: { ...ON_SCHEDULE, ...producer }, pace });
}

interface BacklogTask extends Omit<ReplayTask, 'schedule'> {
  /** Ends the loading; the promise then rejects with the signal's reason. */
  readonly signal?: AbortSignal;
}

/** Sends the whole log as fast as the broker takes it; resolves when all is acknowledged. */
export async function loadBacklog({ signal, producer, ...rest }: BacklogTask): Promise<ReplayReport> {
  signal?.throwIfAborted();
  const replay = await startThread({
    ...rest,
    producer: { ...BACKLOG, ...producer },
    pace: { kind: 'backlog' },
  });
  const aborted = Promise.withResolvers<never>();
  const abort = (): void => aborted.reject(signal?.reason);
  signal?.addEventListener('abort', abort, { once: true });
  if (signal?.aborted) abort();
  try {
    replay.start(process.hrtime.bigint());
    return await Promise.race([replay.done, aborted.promise]);
  } finally {
    signal?.removeEventListener('abort', abort);
    await replay.stop();
  }
}

async function startThread(task: Omit<ReplayThreadTask, 'sentUs'>): Promise<Replay> {
  const sentUs = new Float64Array(
    new SharedArrayBuffer(task.log.count * Float64Array.BYTES_PER_ELEMENT),
  ).fill(Number.NaN);
  const workerData: ReplayThreadTask = { ...task, sentUs };
  const worker = new Worker(new URL('./replay-thread.ts', import.meta.url), { workerData });
  const ready = Promise.withResolvers<void>();
  const done = Promise.withResolvers<ReplayReport>();
  // A replay that is stopped, or whose failure shows elsewhere first, must not end the process.
  done.promise.catch(() => undefined);
  let progress: ReplayProgress = { sent: 0, acknowledged: 0 };
  let stopped = false;
  const fail = (error: unknown): void => {
    ready.reject(error);
    done.reject(error);
  };
  worker.on('error', fail);
  worker.on('exit', (code) => {
    if (!stopped) fail(new Error(`the replay's thread ended early, with code ${code}`));
  });
  worker.on('message', (message: ReplayMessage) => {
    switch (message.kind) {
      case 'ready':
        ready.resolve();
        return;
      case 'progress':
        progress = message.progress;
        return;
      case 'done': {
        const { sent, acknowledged } = message.report;
        progress = { sent, acknowledged };
        done.resolve({ ...message.report, sentUs });
        return;
      }
      case 'failed':
        fail(fromWireError(message.error));
        return;
      default:
        message satisfies never;
    }
  });
  const stop = async (): Promise<void> => {
    stopped = true;
    await worker.terminate();
  };
  try {
    await ready.promise;
  } catch (error) {
    await stop();
    throw error;
  }
  return {
    start: (startNs) => worker.postMessage({ kind: 'start', startNs } satisfies ReplayCommand),
    progress: () => progress,
    sentUs,
    done: done.promise,
    stop,
  };
}
