import type { WireError } from '../../errors/index.ts';
import type { Isolation, KafkaConnection } from '../../kafka/index.ts';
import type { DataflowOptions, RecordedLog } from '../../workloads/index.ts';
import type { ScheduleProfile } from '../replay/index.ts';
import type { Observation, ObservedTally, SecondSummary } from './observation.ts';

/**
 * `live` judges each record as it arrives, so the harness can wait for completeness. `deferred` keeps the fetched bytes and judges them
 * at the end, so that a backlog drain shares its cores with as little observer as possible.
 */
export type ObserverMode = 'live' | 'deferred';

/** What records are held against. */
type ObserverJudge =
  /** The outputs of an engine, against the workload's oracle. */
  | { readonly kind: 'oracle' }
  /** The input topic itself, against the log, byte for byte: no engine, each record covers itself. For floors and ceilings. */
  | { readonly kind: 'pass-through' };

export interface ObserverTask {
  readonly connection: KafkaConnection;
  /** Logical output to topic; for a pass-through the input topic alone, under any name. */
  readonly topics: Readonly<Record<string, string>>;
  readonly log: RecordedLog;
  readonly dataflowOptions: DataflowOptions;
  readonly mode: ObserverMode;
  /** Zero of every instant in the observation, monotonic nanoseconds. */
  readonly originNs: bigint;
  /** Default: the oracle. */
  readonly judge?: ObserverJudge;
  /** Default: read-committed. Another is for tests that must fail: it reads the outputs of dead transactions too. */
  readonly isolation?: Isolation;
  /** Whether to tell emitted and appended from visible. Default: false. */
  readonly stages?: boolean;
  /** Whether outputs become visible later than they are appended, as an exactly-once engine's do. Default: false. */
  readonly transactional?: boolean;
}

/** End offsets by topic, per partition. */
export type EndOffsets = Readonly<Record<string, readonly number[]>>;

export type ObserverCommand =
  /** From now on each tally brings the seconds of this schedule. */
  | { readonly kind: 'schedule'; readonly profile: ScheduleProfile; readonly startNs: bigint }
  /** Read every topic up to these offsets, then answer with the observation. */
  | { readonly kind: 'finish'; readonly endOffsets: EndOffsets };

/** What the oracle expects. */
export interface ExpectedRecords {
  readonly samples: number;
  readonly lateRecords: number;
  readonly deadLetters: number;
}

export type ObserverMessage =
  | { readonly kind: 'ready'; readonly expected: ExpectedRecords }
  /** `seconds`: those that changed since the last tally. */
  | { readonly kind: 'tally'; readonly tally: ObservedTally; readonly seconds: readonly SecondSummary[] }
  | { readonly kind: 'finished'; readonly observation: Observation }
  | { readonly kind: 'failed'; readonly error: WireError };
