import type { Aggregate, Row, WindowSpecification } from '../../pipeline/index.ts';
import { type Accumulator, Aggregation } from '../aggregate/index.ts';
import type { KeyedOperator, OperatorOutput } from '../operator/index.ts';
import { type Key, type KeyedStateTable, type StateBackend, VOID_NAMESPACE } from '../state/index.ts';
import { TimerService } from '../timer/index.ts';
import {
  combinePanes,
  dropPanesBefore,
  firstPaneFrom,
  type PaneSet,
  paneAt,
  paneSetCodec,
  slidePanes,
} from './pane-set.ts';
import { windowResult } from './window-content.ts';
import { windowStartMs } from './window-start.ts';

export interface SlidingPaneOptions<Raw> {
  readonly keyField: string;
  /** The slide is below the size. */
  readonly window: Extract<WindowSpecification, { readonly type: 'sliding' }>;
  readonly aggregates: Readonly<Record<string, Aggregate>>;
  /** Whether every aggregate can be deducted: a window is then carried on from the one before it. */
  readonly invertible: boolean;
  readonly allowedLatenessMs: number;
  readonly state: StateBackend;
  readonly output: OperatorOutput<Raw>;
}

/**
 * Aggregates per key and sliding event-time window with Flink's EventTimeTrigger. Each row is added once, to its pane, whatever the number
 * of windows that overlap there; a window is put together from its panes when it fires (the slices of Arroyo and Flink SQL; Li et al., "No
 * pane, no gain", SIGMOD Record 34/1). A pane is as long as the greatest common divisor of size and slide. Results, late records and
 * re-fires are those of FixedWindowOperator: a window that is gone takes no row, and one that is not has each row of its panes.
 */
export class SlidingPaneOperator<Raw> implements KeyedOperator<Raw> {
  readonly #keyField: string;
  readonly #sizeMs: number;
  readonly #slideMs: number;
  readonly #offsetMs: number;
  readonly #paneMs: number;
  readonly #invertible: boolean;
  readonly #allowedLatenessMs: number;
  readonly #aggregation: Aggregation;
  readonly #create: () => Accumulator;
  readonly #state: StateBackend;
  readonly #sets: KeyedStateTable<PaneSet>;
  readonly #timers: TimerService;
  readonly #output: OperatorOutput<Raw>;

  constructor(options: SlidingPaneOptions<Raw>) {
    const { sizeMs, slideMs, offsetMs } = options.window;
    this.#keyField = options.keyField;
    this.#sizeMs = sizeMs;
    this.#slideMs = slideMs;
    this.#offsetMs = offsetMs;
    this.#paneMs = greatestCommonDivisor(sizeMs, slideMs);
    this.#invertible = options.invertible;
    this.#allowedLatenessMs = options.allowedLatenessMs;
    const aggregation = new Aggregation(options.aggregates);
    this.#aggregation = aggregation;
    this.#create = () => aggregation.create();
    this.#state = options.state;
    this.#sets = options.state.table('panes', paneSetCodec(aggregation.codec));
    this.#timers = new TimerService(options.state);
    this.#output = options.output;
  }

  processElement(key: Key, row: Row, timestampMs: number, raw: Raw): void {
    const watermarkMs = this.#timers.currentWatermarkMs;
    const isBehind = timestampMs <= watermarkMs;
    const latestMs = windowStartMs(timestampMs, this.#slideMs, this.#offsetMs);
    if (isBehind && this.#lastMsOf(latestMs) + this.#allowedLatenessMs <= watermarkMs) {
      this.#output.late(raw);
      return;
    }
    const known = this.#sets.getForUpdate(key, VOID_NAMESPACE);
    const set = known ?? { panes: [], timerMs: Number.POSITIVE_INFINITY, running: undefined };
    const paneCount = set.panes.length;
    const paneMs = windowStartMs(timestampMs, this.#paneMs, this.#offsetMs);
    const pane = paneAt(set, paneMs, this.#create);
    this.#aggregation.add(pane.accumulator, row);
    // The timer of a pane that was there covers all windows of the row.
    if (set.panes.length > paneCount) this.#setTimer(key, set, this.#firstTimerMs(paneMs, watermarkMs));
    if (known === undefined) this.#sets.put(key, VOID_NAMESPACE, set);
    if (isBehind) this.#catchUp(key, set, row, paneMs, latestMs);
  }

  processWatermark(watermarkMs: number): void {
    this.#timers.advanceWatermark(watermarkMs, this.#onTimer);
  }

  get nextProcessingTimeMs(): number {
    return Number.POSITIVE_INFINITY;
  }

  processProcessingTime(): void {}

  prefetch(keys: readonly Key[]): Promise<void> | undefined {
    return this.#state.prefetch(() => {
      for (const key of keys) this.#sets.request(key, VOID_NAMESPACE);
    });
  }

  prefetchTimers(watermarkMs: number): Promise<void> | undefined {
    return this.#state.prefetch(() => {
      this.#timers.forEachDue(watermarkMs, (key) => this.#sets.request(key, VOID_NAMESPACE));
    });
  }

  prefetchProcessingTimers(): undefined {
    return undefined;
  }

  /** A row behind the watermark: it belongs to the window that is carried on, and to windows that have fired and are not over. */
  #catchUp(key: Key, set: PaneSet, row: Row, paneMs: number, latestMs: number): void {
    const { running } = set;
    if (running !== undefined && paneMs >= running.startMs && paneMs < running.endMs) {
      this.#aggregation.add(running.accumulator, row);
    }
    const watermarkMs = this.#timers.currentWatermarkMs;
    for (let startMs = latestMs; startMs > paneMs - this.#sizeMs; startMs -= this.#slideMs) {
      const lastMs = this.#lastMsOf(startMs);
      if (lastMs > watermarkMs) continue;
      if (lastMs + this.#allowedLatenessMs <= watermarkMs) break;
      const accumulator = combinePanes(set, startMs, startMs + this.#sizeMs, this.#aggregation);
      if (accumulator !== undefined) this.#emit(key, startMs, accumulator);
    }
  }

  readonly #onTimer = (key: Key, _namespace: number, timeMs: number): void => {
    const set = this.#sets.getForUpdate(key, VOID_NAMESPACE);
    if (set === undefined) return;
    const startMs = timeMs + 1 - this.#sizeMs;
    if (windowStartMs(startMs, this.#slideMs, this.#offsetMs) === startMs) this.#fire(key, set, startMs);
    set.timerMs = Number.POSITIVE_INFINITY;
    // Windows that start here or later are not over, nor are the panes from here on.
    dropPanesBefore(set, this.#nextStartMs(timeMs - this.#allowedLatenessMs), this.#aggregation);
    const first = set.panes[0];
    if (first === undefined) this.#sets.remove(key, VOID_NAMESPACE);
    else this.#setTimer(key, set, Math.min(this.#nextFireMs(set, timeMs), this.#cleanupMs(first.startMs)));
  };

  #fire(key: Key, set: PaneSet, startMs: number): void {
    const combine = this.#invertible ? slidePanes : combinePanes;
    const accumulator = combine(set, startMs, startMs + this.#sizeMs, this.#aggregation);
    if (accumulator !== undefined) this.#emit(key, startMs, accumulator);
  }

  #emit(key: Key, startMs: number, accumulator: Accumulator): void {
    const endMs = startMs + this.#sizeMs;
    const result = windowResult(this.#keyField, key, { startMs, endMs }, this.#aggregation, accumulator);
    this.#output.emit(key, result, endMs - 1);
  }

  /** A set has one timer: the earliest that anything of it needs. */
  #setTimer(key: Key, set: PaneSet, timeMs: number): void {
    if (timeMs >= set.timerMs) return;
    if (set.timerMs !== Number.POSITIVE_INFINITY) {
      this.#timers.deleteEventTime(key, VOID_NAMESPACE, set.timerMs);
    }
    set.timerMs = timeMs;
    this.#timers.registerEventTime(key, VOID_NAMESPACE, timeMs);
  }

  /** When the first window of a new pane fires that has not, or the pane is over. */
  #firstTimerMs(paneMs: number, watermarkMs: number): number {
    const earliestMs = this.#earliestStartMs(paneMs);
    const startMs =
      watermarkMs === Number.NEGATIVE_INFINITY
        ? earliestMs
        : Math.max(earliestMs, this.#nextStartMs(watermarkMs));
    return Math.min(
      startMs <= paneMs ? this.#lastMsOf(startMs) : Number.POSITIVE_INFINITY,
      this.#cleanupMs(paneMs),
    );
  }

  /** When the next window with rows fires, after those up to a time have. */
  #nextFireMs(set: PaneSet, timeMs: number): number {
    const startMs = this.#nextStartMs(timeMs);
    const pane = firstPaneFrom(set, startMs);
    if (pane === undefined) return Number.POSITIVE_INFINITY;
    return this.#lastMsOf(Math.max(startMs, this.#earliestStartMs(pane.startMs)));
  }

  /** The start of the first window whose last millisecond is behind a time. */
  #nextStartMs(timeMs: number): number {
    return windowStartMs(timeMs + 1 - this.#sizeMs, this.#slideMs, this.#offsetMs) + this.#slideMs;
  }

  /** The start of the first window that a pane is part of. */
  #earliestStartMs(paneMs: number): number {
    return windowStartMs(paneMs - this.#sizeMs, this.#slideMs, this.#offsetMs) + this.#slideMs;
  }

  /** When the last window of a pane is over. */
  #cleanupMs(paneMs: number): number {
    return this.#lastMsOf(windowStartMs(paneMs, this.#slideMs, this.#offsetMs)) + this.#allowedLatenessMs;
  }

  #lastMsOf(startMs: number): number {
    return startMs + this.#sizeMs - 1;
  }
}

function greatestCommonDivisor(left: number, right: number): number {
  return right === 0 ? left : greatestCommonDivisor(right, left % right);
}
