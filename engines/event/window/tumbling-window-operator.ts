import type { Aggregate, Row, TumblingWindow } from '../../pipeline/index.ts';
import { type Accumulator, Aggregation, type ResultRow } from '../aggregate/index.ts';
import type { KeyedOperator, OperatorOutput } from '../operator/index.ts';
import type { Key, KeyedStateTable, StateBackend } from '../state/index.ts';
import { TimerService } from '../timer/index.ts';
import { windowStartMs } from './window-start.ts';

export interface TumblingWindowOptions<Raw> {
  readonly keyField: string;
  readonly window: TumblingWindow;
  readonly aggregates: Readonly<Record<string, Aggregate>>;
  /** How long a window's state outlives its end: a record for it fires the whole window again. */
  readonly allowedLatenessMs: number;
  readonly state: StateBackend;
  readonly output: OperatorOutput<Raw>;
}

/**
 * Aggregates per key and tumbling event-time window (semantics A1, A3 to A8; Flink's WindowOperator with EventTimeTrigger): the one
 * window of an element, and no trigger with state, make the usual case cheaper than FixedWindowOperator has it. A window fires once the
 * watermark reaches its last millisecond, its end minus one, which is also the result's timestamp. A record is late if its window's state
 * is gone by then, not merely because it is behind the watermark.
 */
export class TumblingWindowOperator<Raw> implements KeyedOperator<Raw> {
  readonly #keyField: string;
  readonly #sizeMs: number;
  readonly #offsetMs: number;
  readonly #allowedLatenessMs: number;
  readonly #aggregation: Aggregation;
  readonly #state: StateBackend;
  /** Namespace: start of the window. */
  readonly #windows: KeyedStateTable<Accumulator>;
  readonly #timers: TimerService;
  readonly #output: OperatorOutput<Raw>;

  constructor(options: TumblingWindowOptions<Raw>) {
    this.#keyField = options.keyField;
    this.#sizeMs = options.window.sizeMs;
    this.#offsetMs = options.window.offsetMs;
    this.#allowedLatenessMs = options.allowedLatenessMs;
    this.#aggregation = new Aggregation(options.aggregates);
    this.#state = options.state;
    this.#windows = options.state.table('window-aggregate', this.#aggregation.codec);
    this.#timers = new TimerService(options.state);
    this.#output = options.output;
  }

  processElement(key: Key, row: Row, timestampMs: number, raw: Raw): void {
    const startMs = windowStartMs(timestampMs, this.#sizeMs, this.#offsetMs);
    const lastMs = startMs + this.#sizeMs - 1;
    const watermarkMs = this.#timers.currentWatermarkMs;
    if (lastMs + this.#allowedLatenessMs <= watermarkMs) {
      this.#output.late(raw);
      return;
    }
    let accumulator = this.#windows.getForUpdate(key, startMs);
    if (accumulator === undefined) {
      accumulator = this.#aggregation.create();
      this.#windows.put(key, startMs, accumulator);
      // Both timers live as long as the state, so later records of the window have nothing to register.
      if (lastMs > watermarkMs) this.#timers.registerEventTime(key, startMs, lastMs);
      if (this.#allowedLatenessMs > 0) {
        this.#timers.registerEventTime(key, startMs, lastMs + this.#allowedLatenessMs);
      }
    }
    this.#aggregation.add(accumulator, row);
    if (lastMs <= watermarkMs) this.#fire(key, startMs, accumulator);
  }

  processWatermark(watermarkMs: number): void {
    this.#timers.advanceWatermark(watermarkMs, this.#onTimer);
  }

  get nextProcessingTimeMs(): number {
    return Number.POSITIVE_INFINITY;
  }

  processProcessingTime(): void {}

  prefetchProcessingTimers(): undefined {
    return undefined;
  }

  prefetch(keys: readonly Key[], timestampsMs: readonly number[]): Promise<void> | undefined {
    return this.#state.prefetch(() => {
      for (let index = 0; index < keys.length; index++) {
        this.#windows.request(
          keys[index]!,
          windowStartMs(timestampsMs[index]!, this.#sizeMs, this.#offsetMs),
        );
      }
    });
  }

  prefetchTimers(watermarkMs: number): Promise<void> | undefined {
    return this.#state.prefetch(() => {
      this.#timers.forEachDue(watermarkMs, (key, startMs) => this.#windows.request(key, startMs));
    });
  }

  readonly #onTimer = (key: Key, startMs: number, timestampMs: number): void => {
    const lastMs = startMs + this.#sizeMs - 1;
    if (timestampMs === lastMs) {
      const accumulator = this.#windows.get(key, startMs);
      if (accumulator !== undefined) this.#fire(key, startMs, accumulator);
    }
    if (timestampMs === lastMs + this.#allowedLatenessMs) this.#windows.remove(key, startMs);
  };

  #fire(key: Key, startMs: number, accumulator: Accumulator): void {
    const endMs = startMs + this.#sizeMs;
    const result: ResultRow = { [this.#keyField]: key, windowStartMs: startMs, windowEndMs: endMs };
    this.#aggregation.appendResults(accumulator, result);
    this.#output.emit(key, result, endMs - 1);
  }
}
