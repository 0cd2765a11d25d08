import type { WireError } from '../../errors/index.ts';
import type { KafkaConnection } from '../../kafka/index.ts';
import type { DataflowOptions, RecordedLog } from '../../workloads/index.ts';
import type { Observation, ObservedTally } from './observation.ts';

/**
 * `live` judges each record as it arrives, so the harness can wait for completeness. `deferred` keeps the fetched bytes and judges them
 * at the end, so that a backlog drain shares its cores with as little observer as possible.
 */
export type ObserverMode = 'live' | 'deferred';

export interface ObserverTask {
  readonly connection: KafkaConnection;
  /** Logical output to topic. */
  readonly topics: Readonly<Record<string, string>>;
  readonly log: RecordedLog;
  readonly dataflowOptions: DataflowOptions;
  readonly mode: ObserverMode;
  /** Zero of every instant in the observation, monotonic nanoseconds. */
  readonly originNs: bigint;
}

/** `finish`: read every topic up to these end offsets (by topic, per partition), then answer with the observation. */
export type ObserverCommand = {
  readonly kind: 'finish';
  readonly endOffsets: Readonly<Record<string, readonly number[]>>;
};

/** What the oracle expects beside samples. */
export interface ExpectedRecords {
  readonly lateRecords: number;
  readonly deadLetters: number;
}

export type ObserverMessage =
  | { readonly kind: 'ready'; readonly expected: ExpectedRecords }
  | { readonly kind: 'tally'; readonly tally: ObservedTally }
  | { readonly kind: 'finished'; readonly observation: Observation }
  | { readonly kind: 'failed'; readonly error: WireError };
