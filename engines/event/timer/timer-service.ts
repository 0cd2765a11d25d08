import type { Key, StateBackend } from '../state/index.ts';
import { type TimerCallback, TimerQueue } from './timer-queue.ts';

/**
 * Event-time and processing-time timers of one operator, kept with the state of `state`. Times are milliseconds. A timer for a time
 * already passed fires at the next advance, not at once. The watermark is no part of the snapshot (semantics A15): after a restore it
 * is -Infinity until the sources send one again.
 */
export class TimerService {
  readonly #eventTime: TimerQueue;
  readonly #processingTime: TimerQueue;
  #currentWatermarkMs = Number.NEGATIVE_INFINITY;

  constructor(state: StateBackend) {
    this.#eventTime = new TimerQueue('timers.event-time', state.maxParallelism, state.keyGroups);
    this.#processingTime = new TimerQueue('timers.processing-time', state.maxParallelism, state.keyGroups);
    state.addPart(this.#eventTime);
    state.addPart(this.#processingTime);
  }

  /** -Infinity before the first watermark. */
  get currentWatermarkMs(): number {
    return this.#currentWatermarkMs;
  }

  registerEventTime(key: Key, namespace: number, timeMs: number): void {
    this.#eventTime.register(key, namespace, timeMs);
  }

  deleteEventTime(key: Key, namespace: number, timeMs: number): void {
    this.#eventTime.delete(key, namespace, timeMs);
  }

  registerProcessingTime(key: Key, namespace: number, timeMs: number): void {
    this.#processingTime.register(key, namespace, timeMs);
  }

  deleteProcessingTime(key: Key, namespace: number, timeMs: number): void {
    this.#processingTime.delete(key, namespace, timeMs);
  }

  /** Fires event-time timers up to a watermark; one that is not greater than the last does nothing. The callback already sees the new watermark. */
  advanceWatermark(watermarkMs: number, onTimer: TimerCallback): void {
    if (watermarkMs <= this.#currentWatermarkMs) return;
    this.#currentWatermarkMs = watermarkMs;
    this.#eventTime.fireUpTo(watermarkMs, onTimer);
  }

  advanceProcessingTime(nowMs: number, onTimer: TimerCallback): void {
    this.#processingTime.fireUpTo(nowMs, onTimer);
  }

  /** When the next processing-time timer is due; Infinity if there is none. */
  get nextProcessingTimeMs(): number {
    return this.#processingTime.firstMs;
  }

  /** Visits the processing-time timers that an instant would fire now, in no order. */
  forEachProcessingDue(nowMs: number, visit: TimerCallback): void {
    this.#processingTime.forEachDue(nowMs, visit);
  }

  /** Visits the event-time timers that a watermark would fire now, in no order. */
  forEachDue(watermarkMs: number, visit: TimerCallback): void {
    this.#eventTime.forEachDue(watermarkMs, visit);
  }
}
