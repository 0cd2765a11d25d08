import type { WireError } from '../../errors/index.ts';
import type { KafkaConnection, ProducerOptions } from '../../kafka/index.ts';
import type { RecordedLog } from '../../workloads/index.ts';
import type { ScheduleProfile } from './schedule/index.ts';

/** How a thread paces itself. */
export type Pace =
  /** Each record when it is due, whatever the broker does. */
  | { readonly kind: 'schedule'; readonly profile: ScheduleProfile }
  /** As fast as the broker takes it. */
  | { readonly kind: 'backlog' };

/** What each thread of a replay is given. */
export interface ReplayThreadTask {
  readonly connection: KafkaConnection;
  readonly topic: string;
  readonly log: RecordedLog;
  readonly producer: ProducerOptions;
  readonly pace: Pace;
  /** Over shared memory: actual send of each record, microseconds from the start of the schedule; NaN before. */
  readonly sentUs: Float64Array;
  /** Number of threads, and which of them this is: it sends the records of the partitions p with p % producers = producer. */
  readonly share: Share;
  /** Over shared memory, two numbers a thread: records sent, records acknowledged. */
  readonly counts: Int32Array;
}

/** One thread's part of a log. */
export interface Share {
  readonly thread: number;
  readonly threads: number;
}

export type ReplayCommand =
  | { readonly kind: 'start'; readonly startNs: bigint }
  /** From now on nothing waits until it is due. */
  | { readonly kind: 'release' };

/** Class of scheduling of a generator's thread. */
export type Scheduling = 'real-time' | 'normal';

/** Counts of a replay under way. */
export interface ReplayProgress {
  readonly sent: number;
  readonly acknowledged: number;
}

/** What a thread says when all its records are acknowledged. */
export interface ThreadReport extends ReplayProgress {
  /** Records that the thread's partitions gained, by their end offsets. */
  readonly stored: number;
  /** Records sent before the release: all where there was none, none for a backlog. */
  readonly onSchedule: number;
  /** Acknowledgement of the last record of these, microseconds from the start. */
  readonly onScheduleAcknowledgedUs: number;
  /** Last acknowledgement of all, microseconds from the start. */
  readonly acknowledgedUs: number;
  /** Longest time for which sent records waited and no acknowledgement came. */
  readonly longestUnacknowledgedMs: number;
  readonly scheduling: Scheduling;
}

export type ReplayMessage =
  | { readonly kind: 'ready' }
  | { readonly kind: 'done'; readonly report: ThreadReport }
  | { readonly kind: 'failed'; readonly error: WireError };
