import type { StateValue } from './keyed-process.ts';
import type { Row, Schema } from './nodes.ts';

/** The state of a group and its one timeout (Spark's GroupState). Valid during the call only. */
export interface GroupStateContext<State extends StateValue = StateValue> {
  readonly key: string | number;
  /** Undefined: the group has none. */
  readonly state: State | undefined;
  update(state: State): void;
  remove(): void;
  /** Whether the call is for a timeout; there are no rows then. */
  readonly hasTimedOut: boolean;
  /** Event-time timeouts, over when the watermark is above the time: throws where it is already. Forgotten at the group's next call. */
  setTimeoutTimestamp(timeMs: number): void;
  /** Processing-time timeouts: from the batch's time on; throws unless above 0. Forgotten at the group's next call. */
  setTimeoutDuration(durationMs: number): void;
  /** 0 before the first watermark, as in Spark. */
  readonly currentWatermarkMs: number;
  /** The batch's time. */
  readonly currentProcessingTimeMs: number;
  emit(row: Row): void;
}

/**
 * A function per group and batch (Spark's flatMapGroupsWithState): called once with all rows of a group in a batch, then for the groups without
 * rows whose timeout is over. `final` and `changes` are Spark's append and update mode.
 */
export interface GroupStateNode {
  readonly kind: 'groupState';
  readonly apply: (rows: readonly Row[], group: GroupStateContext) => void;
  readonly timeout: 'none' | 'event-time' | 'processing-time';
  readonly emit: 'changes' | 'final';
  /** Rows of a group are given in ascending order of this int64 field, ties in arrival order. */
  readonly orderBy: string;
  readonly outputSchema: Schema;
}
