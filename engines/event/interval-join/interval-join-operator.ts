import type { Row } from '../../pipeline/index.ts';
import type { KeyedOperator, OperatorOutput } from '../operator/index.ts';
import type { Key, StateBackend } from '../state/index.ts';
import { TimerService } from '../timer/index.ts';
import { RowBuffer } from './row-buffer.ts';

export interface IntervalJoinOptions<Raw> {
  readonly lowerBoundMs: number;
  readonly upperBoundMs: number;
  readonly join: (left: Row, right: Row) => Row;
  readonly state: StateBackend;
  readonly output: OperatorOutput<Raw>;
}

/** A bucket is this part of the span between the bounds, so a look touches few of them and most of what it reads counts. */
const BUCKETS_A_SPAN = 4;

/** Namespace of the timers of each side's clean-up. */
const LEFT = 0;
const RIGHT = 1;

/**
 * Pairs of rows of one key with left + lower <= right <= left + upper (Flink's IntervalJoinOperator). Each row is kept until the watermark says
 * that no row of the other side can meet it any more; a row behind the watermark is late and joins nothing. A pair has the later time of
 * its two. A row meets what came before it in order of time, then of arrival.
 */
export class IntervalJoinOperator<Raw> implements KeyedOperator<Raw> {
  readonly #lowerMs: number;
  readonly #upperMs: number;
  readonly #join: (left: Row, right: Row) => Row;
  readonly #state: StateBackend;
  readonly #left: RowBuffer;
  readonly #right: RowBuffer;
  readonly #timers: TimerService;
  readonly #output: OperatorOutput<Raw>;

  constructor({ lowerBoundMs, upperBoundMs, join, state, output }: IntervalJoinOptions<Raw>) {
    this.#lowerMs = lowerBoundMs;
    this.#upperMs = upperBoundMs;
    this.#join = join;
    this.#state = state;
    const bucketMs = Math.max(1, Math.ceil((upperBoundMs - lowerBoundMs) / BUCKETS_A_SPAN));
    this.#left = new RowBuffer(state, 'interval-join.left', bucketMs);
    this.#right = new RowBuffer(state, 'interval-join.right', bucketMs);
    this.#timers = new TimerService(state);
    this.#output = output;
  }

  processElement(key: Key, row: Row, timestampMs: number, raw: Raw, input = LEFT): void {
    if (timestampMs < this.#timers.currentWatermarkMs) {
      this.#output.late(raw);
      return;
    }
    if (input === LEFT) {
      this.#left.add(key, timestampMs, row);
      this.#right.forEachWithin(
        key,
        timestampMs + this.#lowerMs,
        timestampMs + this.#upperMs,
        (other, otherMs) => this.#output.emit(key, this.#join(row, other), Math.max(timestampMs, otherMs)),
      );
      this.#timers.registerEventTime(key, LEFT, timestampMs + this.#leftKeptMs);
    } else {
      this.#right.add(key, timestampMs, row);
      this.#left.forEachWithin(
        key,
        timestampMs - this.#upperMs,
        timestampMs - this.#lowerMs,
        (other, otherMs) => this.#output.emit(key, this.#join(other, row), Math.max(timestampMs, otherMs)),
      );
      this.#timers.registerEventTime(key, RIGHT, timestampMs + this.#rightKeptMs);
    }
  }

  processWatermark(watermarkMs: number): void {
    this.#timers.advanceWatermark(watermarkMs, this.#onTimer);
  }

  get nextProcessingTimeMs(): number {
    return Number.POSITIVE_INFINITY;
  }

  processProcessingTime(): void {}

  prefetch(keys: readonly Key[], timestampsMs: readonly number[]): Promise<void> | undefined {
    return this.#state.prefetch(() => {
      for (let index = 0; index < keys.length; index++) {
        const key = keys[index] as Key;
        const timestampMs = timestampsMs[index] as number;
        // Which input a row is of is not told here: what it would need of either.
        this.#left.request(key, timestampMs, timestampMs);
        this.#right.request(key, timestampMs, timestampMs);
        this.#left.request(key, timestampMs - this.#upperMs, timestampMs - this.#lowerMs);
        this.#right.request(key, timestampMs + this.#lowerMs, timestampMs + this.#upperMs);
      }
    });
  }

  prefetchTimers(watermarkMs: number): Promise<void> | undefined {
    return this.#state.prefetch(() => {
      this.#timers.forEachDue(watermarkMs, (key, side, timeMs) => {
        if (side === LEFT) this.#left.request(key, timeMs - this.#leftKeptMs, timeMs - this.#leftKeptMs);
        else this.#right.request(key, timeMs - this.#rightKeptMs, timeMs - this.#rightKeptMs);
      });
    });
  }

  prefetchProcessingTimers(): undefined {
    return undefined;
  }

  /** How long after its own time a left row may meet a right one. */
  get #leftKeptMs(): number {
    return Math.max(0, this.#upperMs);
  }

  get #rightKeptMs(): number {
    return Math.max(0, -this.#lowerMs);
  }

  readonly #onTimer = (key: Key, side: number, timeMs: number): void => {
    if (side === LEFT) this.#left.removeAt(key, timeMs - this.#leftKeptMs);
    else this.#right.removeAt(key, timeMs - this.#rightKeptMs);
  };
}
