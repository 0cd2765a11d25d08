import type { StateDeclarations, StatesOf } from './keyed-state.ts';
import type { Row, Schema } from './nodes.ts';

/** Values that state may hold: what JSON holds. */
export type StateValue =
  | string
  | number
  | boolean
  | null
  | readonly StateValue[]
  | { readonly [name: string]: StateValue };

/** What a keyedProcess function may do, under the key that it was called for. Valid during the call only. */
export interface KeyedProcessContext<
  State extends StateValue = StateValue,
  States extends StateDeclarations = StateDeclarations,
> {
  readonly key: string | number;
  /** Undefined before the first `setState` and after `clearState`. */
  readonly state: State | undefined;
  setState(state: State): void;
  clearState(): void;
  /** The states that the node declares. */
  readonly states: StatesOf<States>;
  emit(row: Row): void;
  /** Milliseconds; -Infinity before the first watermark. */
  readonly currentWatermarkMs: number;
  /** One timer per key and time. It fires when the watermark reaches the time; for a time already passed, at the next watermark. */
  registerEventTimeTimer(timeMs: number): void;
  deleteEventTimeTimer(timeMs: number): void;
  /** Milliseconds since 1970 of the engine's clock. This and the next two throw PIPELINE_PROCESSING_TIME_UNDECLARED in a function without `onProcessingTimeTimer`. */
  readonly currentProcessingTimeMs: number;
  /** As for event time, by the engine's clock. A timer that fell due while the engine was down fires when it is back. */
  registerProcessingTimeTimer(timeMs: number): void;
  deleteProcessingTimeTimer(timeMs: number): void;
}

/**
 * The contract that a KeyedProcessFunction and a flatMapGroupsWithState share: rows of one key, sorted by the node's `orderBy`,
 * however many arrived together (an event-driven engine gives one at a time), and timers. Timers fire in the order of their times, each
 * once; what a callback registers for a time already reached fires in the same pass. At the end of the input all event-time timers fire, and
 * the processing-time timers that still wait do not.
 */
export interface KeyedProcess<
  State extends StateValue = StateValue,
  States extends StateDeclarations = StateDeclarations,
> {
  processRows(rows: readonly Row[], context: KeyedProcessContext<State, States>): void;
  onEventTimeTimer?(timeMs: number, context: KeyedProcessContext<State, States>): void;
  onProcessingTimeTimer?(timeMs: number, context: KeyedProcessContext<State, States>): void;
}

/** A function per key with state and timers. */
export interface KeyedProcessNode {
  readonly kind: 'keyedProcess';
  readonly process: KeyedProcess;
  /** Rows of one key are given in ascending order of this int64 field, ties in arrival order, within what arrived together. */
  readonly orderBy: string;
  readonly outputSchema: Schema;
  /** State beside the one of `setState`. Names, kinds and whether they expire are part of snapshots. */
  readonly states?: StateDeclarations;
}
