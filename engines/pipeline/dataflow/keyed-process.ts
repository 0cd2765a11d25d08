import type { Row } from './nodes.ts';

/** Values that state may hold: what JSON holds. */
export type StateValue =
  | string
  | number
  | boolean
  | null
  | readonly StateValue[]
  | { readonly [name: string]: StateValue };

/** What a keyedProcess function may do, under the key that it was called for. Valid during the call only. */
export interface KeyedProcessContext<State extends StateValue = StateValue> {
  readonly key: string | number;
  /** Undefined before the first `setState` and after `clearState`. */
  readonly state: State | undefined;
  setState(state: State): void;
  clearState(): void;
  emit(row: Row): void;
  /** Milliseconds; -Infinity before the first watermark. */
  readonly currentWatermarkMs: number;
  /** One timer per key and time. It fires when the watermark reaches the time; for a time already passed, at the next watermark. */
  registerEventTimeTimer(timeMs: number): void;
  deleteEventTimeTimer(timeMs: number): void;
}

/**
 * The contract that a KeyedProcessFunction and a flatMapGroupsWithState share: rows of one key, sorted by the node's `orderBy`,
 * however many arrived together (an event-driven engine gives one at a time), and timers.
 */
export interface KeyedProcess<State extends StateValue = StateValue> {
  processRows(rows: readonly Row[], context: KeyedProcessContext<State>): void;
  onEventTimeTimer?(timeMs: number, context: KeyedProcessContext<State>): void;
}
