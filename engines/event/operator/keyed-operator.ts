import type { Row } from '../../pipeline/index.ts';
import type { Key } from '../state/index.ts';

/** Where an operator's results go. Called synchronously, from within the operator's own calls. `Raw` is the unchanged input record. */
export interface OperatorOutput<Raw> {
  emit(key: Key, row: Row, timestampMs: number): void;
  /** A record that came too late, whatever the window node's late policy: the caller counts it and routes it. */
  late(raw: Raw): void;
}

/**
 * The operator behind a keyBy: a synchronous state machine that never blocks. Elements and watermarks are given in the order of the
 * stream. Times are milliseconds; a watermark of Infinity ends the input.
 */
export interface KeyedOperator<Raw> {
  processElement(key: Key, row: Row, timestampMs: number, raw: Raw): void;
  /**
   * Fires the timers up to the watermark, in timestamp order, and emits their results; the caller forwards the watermark afterwards
   * (semantics A8). A watermark that is not greater than the last one does nothing.
   */
  processWatermark(watermarkMs: number): void;
  /**
   * Called before a batch of elements. Undefined if their state is at hand; otherwise nothing may be given to the operator before
   * the promise resolves.
   */
  prefetch(keys: readonly Key[], timestampsMs: readonly number[]): Promise<void> | undefined;
  /** The same, before `processWatermark(watermarkMs)`. */
  prefetchTimers(watermarkMs: number): Promise<void> | undefined;
}
