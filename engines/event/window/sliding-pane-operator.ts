import type { Aggregate, Row, WindowSpecification } from '../../pipeline/index.ts';
import { type Accumulator, Aggregation, type PartsOfAggregates } from '../aggregate/index.ts';
import type { KeyedOperator, OperatorOutput } from '../operator/index.ts';
import { type Key, type KeyedStateTable, type StateBackend, VOID_NAMESPACE } from '../state/index.ts';
import { TimerService } from '../timer/index.ts';
import { combinePanes, firstPaneFrom, type PaneSet, paneAt, paneSetCodec } from './pane-set.ts';
import { combiningCarrier, DeductingCarrier, StackingCarrier, type WindowCarrier } from './window-carrier.ts';
import { windowResult } from './window-content.ts';
import { windowStartMs } from './window-start.ts';

export interface SlidingPaneOptions<Raw> {
  readonly keyField: string;
  /** The slide is below the size. */
  readonly window: Extract<WindowSpecification, { readonly type: 'sliding' }>;
  readonly aggregates: Readonly<Record<string, Aggregate>>;
  /** What the aggregates allow: how a window is had from the one before it. */
  readonly parts: PartsOfAggregates;
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
  readonly #carrier: WindowCarrier;
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
    this.#allowedLatenessMs = options.allowedLatenessMs;
    const aggregation = new Aggregation(options.aggregates);
    this.#aggregation = aggregation;
    this.#carrier = createCarrier(options.parts, aggregation);
    this.#create = () => aggregation.create();
    this.#state = options.state;
    this.#sets = options.state.table('panes', paneSetCodec(aggregation.codec));
    this.#timers = new TimerService(options.state);
    this.#output = options.output;
  }

  processElement(key: Key, row: Row, timestampMs: number, raw: Raw): void {
    const watermarkMs = this.#timers.currentWatermarkMs;
    const known = this.#sets.getForUpdate(key, VOID_NAMESPACE);
    const last = known?.panes.at(-1);
    // The usual row: its pane's timer covers all of its windows, and none of them has fired.
    if (
      last !== undefined &&
      timestampMs > watermarkMs &&
      timestampMs >= last.startMs &&
      timestampMs - last.startMs < this.#paneMs
    ) {
      this.#aggregation.add(last.accumulator, row);
      return;
    }
    const latestMs = windowStartMs(timestampMs, this.#slideMs, this.#offsetMs);
    if (this.#lastMsOf(latestMs) + this.#allowedLatenessMs <= watermarkMs) {
      this.#output.late(raw);
      return;
    }
    const set = known ?? { panes: [], timerMs: Number.POSITIVE_INFINITY, carried: undefined };
    const paneCount = set.panes.length;
    const paneMs = windowStartMs(timestampMs, this.#paneMs, this.#offsetMs);
    this.#aggregation.add(paneAt(set, paneMs, this.#create).accumulator, row);
    if (set.panes.length > paneCount) this.#setTimer(key, set, this.#firstTimerMs(paneMs, watermarkMs));
    if (known === undefined) this.#sets.put(key, VOID_NAMESPACE, set);
    if (timestampMs <= watermarkMs) {
      this.#carrier.onLateRow(set, paneMs, row);
      this.#fireAgain(key, set, paneMs, latestMs);
    }
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

  /** A row behind the watermark fires the windows again that have fired and are not over. */
  #fireAgain(key: Key, set: PaneSet, paneMs: number, latestMs: number): void {
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
    this.#dropBefore(set, this.#nextStartMs(timeMs - this.#allowedLatenessMs));
    const first = set.panes[0];
    if (first === undefined) this.#sets.remove(key, VOID_NAMESPACE);
    else this.#setTimer(key, set, Math.min(this.#nextFireMs(set, timeMs), this.#cleanupMs(first.startMs)));
  };

  #fire(key: Key, set: PaneSet, startMs: number): void {
    const accumulator = this.#carrier.windowOf(set, startMs, startMs + this.#sizeMs);
    if (accumulator !== undefined) this.#emit(key, startMs, accumulator);
  }

  #dropBefore(set: PaneSet, startMs: number): void {
    const { panes } = set;
    let dropped = 0;
    while (dropped < panes.length && panes[dropped]!.startMs < startMs) {
      this.#carrier.onDrop(set, panes[dropped]!);
      dropped += 1;
    }
    if (dropped === 1) panes.shift();
    else if (dropped > 1) panes.splice(0, dropped);
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

function createCarrier(parts: PartsOfAggregates, aggregation: Aggregation): WindowCarrier {
  switch (parts) {
    case 'deductible':
      return new DeductingCarrier(aggregation);
    case 'mergeable':
      return new StackingCarrier(aggregation);
    case 'ordered':
      return combiningCarrier(aggregation);
  }
}

function greatestCommonDivisor(left: number, right: number): number {
  return right === 0 ? left : greatestCommonDivisor(right, left % right);
}
