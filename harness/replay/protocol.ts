import type { WireError } from '../../errors/index.ts';
import type { KafkaConnection, ProducerOptions } from '../../kafka/index.ts';
import type { Distribution } from '../../reports/model/index.ts';
import type { RecordedLog } from '../../workloads/index.ts';
import type { ScheduleProfile } from './schedule.ts';

/** How the thread paces itself. */
export type Pace =
  /** Each record when it is due, whatever the broker does. */
  | { readonly kind: 'schedule'; readonly profile: ScheduleProfile }
  /** As fast as the broker takes it. */
  | { readonly kind: 'backlog' };

/** What the replay thread is given. */
export interface ReplayThreadTask {
  readonly connection: KafkaConnection;
  readonly topic: string;
  readonly log: RecordedLog;
  readonly producer: ProducerOptions;
  readonly pace: Pace;
  /** Over shared memory: actual send of each record, microseconds from the start of the schedule; NaN before. */
  readonly sentUs: Float64Array;
}

export type ReplayCommand = { readonly kind: 'start'; readonly startNs: bigint };

/** Counts of a replay under way. */
export interface ReplayProgress {
  readonly sent: number;
  readonly acknowledged: number;
}

/** What the thread says when every record is acknowledged. */
export interface ThreadReport extends ReplayProgress {
  /** Records that the topic gained, by its end offsets. */
  readonly stored: number;
  /** Actual send minus due. */
  readonly lag: Distribution;
  /** Over the whole schedule. */
  readonly achievedRatePerSecond: number;
  /** Last acknowledgement, microseconds from the start. */
  readonly acknowledgedUs: number;
}

export type ReplayMessage =
  | { readonly kind: 'ready' }
  | { readonly kind: 'progress'; readonly progress: ReplayProgress }
  | { readonly kind: 'done'; readonly report: ThreadReport }
  | { readonly kind: 'failed'; readonly error: WireError };
