import type { KafkaConnection, ProducerOptions } from '../../kafka/index.ts';
import type { RecordedLog } from '../../workloads/index.ts';
import { replayErrors } from './errors.ts';
import type { ReplayProgress } from './protocol.ts';
import { type ReplayReport, replayReport, type StoredReport, storedReport } from './report.ts';
import type { Schedule } from './schedule/index.ts';
import { startThreads } from './threads.ts';

interface SendingTask {
  readonly connection: KafkaConnection;
  /** Has at least as many partitions as the log; nobody else writes to it meanwhile. */
  readonly topic: string;
  readonly log: RecordedLog;
  readonly producer?: Partial<ProducerOptions>;
}

interface ReplayTask extends SendingTask {
  readonly schedule: Schedule;
  /** Threads that send, each over a connection of its own and partitions of its own. Default: 1. */
  readonly producers?: number;
}

/** A replay on its own threads, connected and waiting for its start. */
export interface Replay {
  /** @param startNs monotonic nanoseconds (process.hrtime.bigint) at which record 0 is due; best a little ahead */
  start(startNs: bigint): void;
  /** Ends the schedule: what is left is sent as fast as the broker takes it, no matter when it is due. Idempotent. */
  release(): void;
  progress(): ReplayProgress;
  /** Actual send of each record so far, in shared memory; NaN for records not sent yet. */
  readonly sentUs: Float64Array;
  /** Resolves when every record is acknowledged; rejects with REPLAY_BEHIND or a KAFKA_* error. No thread is left then. */
  readonly done: Promise<ReplayReport>;
  /** Ends the threads at once, whatever they do. Idempotent; resolves when they are gone. `done` stays open if it was. */
  stop(): Promise<void>;
}

/**
 * Kafka's own linger since 4.0 (KIP-1030), on a schedule too: a request for every half millisecond of records takes three quarters of a core
 * from a broker that the engines share, and its queue costs more than the wait. The latency, which starts at the due instant, contains it.
 */
const PRODUCER: ProducerOptions = { acks: -1, lingerMs: 5, maxInFlight: 5 };

/**
 * Starts threads that will send the log's records at their due instants.
 *
 * @throws REPLAY_PRODUCERS_INVALID; REPLAY_TOPIC_TOO_SMALL or a KAFKA_* error when a thread cannot get ready; nothing is left
 * running then
 */
export async function startReplay(task: ReplayTask): Promise<Replay> {
  const { schedule, producers = 1, producer, ...rest } = task;
  const { partitions } = task.log.specification;
  if (!Number.isInteger(producers) || producers < 1 || producers > partitions) {
    throw replayErrors.error('REPLAY_PRODUCERS_INVALID', { producers, partitions });
  }
  const threads = await startThreads({
    ...rest,
    producers,
    producer: { ...PRODUCER, ...producer },
    pace: { kind: 'schedule', profile: schedule.profile },
  });
  const { progress, sentUs, stop } = threads;
  const done = threads.done.then((reports) => replayReport(reports, schedule, sentUs));
  done.catch(() => undefined);
  return {
    start: (startNs) => threads.tell({ kind: 'start', startNs }),
    release: () => threads.tell({ kind: 'release' }),
    progress,
    sentUs,
    done,
    stop,
  };
}

interface BacklogTask extends SendingTask {
  /** Ends the loading; the promise then rejects with the signal's reason. */
  readonly signal?: AbortSignal;
}

/** Sends the whole log as fast as the broker takes it; resolves when all is acknowledged. */
export async function loadBacklog({ signal, producer, ...rest }: BacklogTask): Promise<StoredReport> {
  signal?.throwIfAborted();
  const threads = await startThreads({
    ...rest,
    producers: 1,
    producer: { ...PRODUCER, ...producer },
    pace: { kind: 'backlog' },
  });
  const aborted = Promise.withResolvers<never>();
  const abort = (): void => aborted.reject(signal?.reason);
  signal?.addEventListener('abort', abort, { once: true });
  if (signal?.aborted) abort();
  try {
    threads.tell({ kind: 'start', startNs: process.hrtime.bigint() });
    return storedReport(await Promise.race([threads.done, aborted.promise]));
  } finally {
    signal?.removeEventListener('abort', abort);
    await threads.stop();
  }
}
