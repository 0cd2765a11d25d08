import type { Row } from '../../pipeline/index.ts';
import type { Key } from '../state/index.ts';

/** Where an operator's results go. Called synchronously, from within the operator's own calls. `Raw` is the unchanged input record. */
export interface OperatorOutput<Raw> {
  emit(key: Key, row: Row, timestampMs: number): void;
  /** A record that came too late, whatever the node's late policy: the caller counts it and routes it. */
  late(raw: Raw): void;
  /** A row for a side output of the node's own, by its logical name. */
  side(output: string, key: Key, row: Row): void;
}

/**
 * The operator behind a keyBy: a synchronous state machine that never blocks. Elements, watermarks and instants are given in the order of the
 * stream. Times are milliseconds; a watermark of Infinity ends the input. The clock of processing time is the caller's: it only advances.
 */
export interface KeyedOperator<Raw> {
  /** @param input which of the node's inputs the element is from, counted from 0; left out where there is one */
  processElement(key: Key, row: Row, timestampMs: number, raw: Raw, input?: number): void;
  /**
   * Fires the timers up to the watermark, in timestamp order, and emits their results; the caller forwards the watermark afterwards
   * (semantics A8). A watermark that is not greater than the last one does nothing.
   */
  processWatermark(watermarkMs: number): void;
  /** When the next processing-time timer is due; Infinity if there is none. */
  readonly nextProcessingTimeMs: number;
  /** Fires the processing-time timers up to this instant, in order. */
  processProcessingTime(nowMs: number): void;
  /**
   * Called before a batch of elements. Undefined if their state is at hand; otherwise nothing may be given to the operator before
   * the promise resolves.
   */
  prefetch(keys: readonly Key[], timestampsMs: readonly number[]): Promise<void> | undefined;
  /** The same, before `processWatermark(watermarkMs)`. */
  prefetchTimers(watermarkMs: number): Promise<void> | undefined;
  /** The same, before `processProcessingTime(nowMs)`. */
  prefetchProcessingTimers(nowMs: number): Promise<void> | undefined;
}
