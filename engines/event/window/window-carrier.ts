import type { Row } from '../../pipeline/index.ts';
import type { Accumulator, Aggregation } from '../aggregate/index.ts';
import { combinePanes, firstPaneFrom, type Pane, type PaneSet } from './pane-set.ts';

/** How the aggregate of a window that fires is had from its panes. The windows of a set fire in order of time. */
export interface WindowCarrier {
  /** The aggregate of the window [startMs, endMs); undefined if it has no row. Not to be changed, and valid until the set changes. */
  windowOf(set: PaneSet, startMs: number, endMs: number): Accumulator | undefined;
  /** A row came to a pane that may be part of the window that fired last. */
  onLateRow(set: PaneSet, paneMs: number, row: Row): void;
  /** A pane goes; no window that is still to fire has it. */
  onDrop(set: PaneSet, pane: Pane): void;
}

/** Each window is put together from all its panes: for aggregates whose parts may not be put together in another order. */
export function combiningCarrier(aggregation: Aggregation): WindowCarrier {
  return {
    windowOf: (set, startMs, endMs) => combinePanes(set, startMs, endMs, aggregation),
    onLateRow: () => {},
    onDrop: () => {},
  };
}

/** What came in is added to the window before, what went out is deducted (Hazelcast Jet's SlidingWindowP with a deduct function). */
export class DeductingCarrier implements WindowCarrier {
  readonly #aggregation: Aggregation;

  constructor(aggregation: Aggregation) {
    this.#aggregation = aggregation;
  }

  windowOf(set: PaneSet, startMs: number, endMs: number): Accumulator | undefined {
    if (!hasRows(set, startMs, endMs)) return undefined;
    const { carried, panes } = set;
    if (carried?.accumulator === undefined) {
      const accumulator = combinePanes(set, startMs, endMs, this.#aggregation);
      set.carried = { startMs, endMs, accumulator, suffixes: [] };
      return accumulator;
    }
    for (let index = 0; index < panes.length && panes[index]!.startMs < startMs; index++) {
      if (panes[index]!.startMs >= carried.startMs) {
        this.#aggregation.subtract(carried.accumulator, panes[index]!.accumulator);
      }
    }
    mergeFrom(set, carried.endMs, endMs, carried.accumulator, this.#aggregation);
    carried.startMs = startMs;
    carried.endMs = endMs;
    return carried.accumulator;
  }

  onLateRow({ carried }: PaneSet, paneMs: number, row: Row): void {
    if (carried?.accumulator === undefined || paneMs < carried.startMs || paneMs >= carried.endMs) return;
    this.#aggregation.add(carried.accumulator, row);
  }

  onDrop({ carried }: PaneSet, { startMs, accumulator }: Pane): void {
    if (carried?.accumulator === undefined || startMs < carried.startMs || startMs >= carried.endMs) return;
    this.#aggregation.subtract(carried.accumulator, accumulator);
  }
}

/**
 * For aggregates that cannot be deducted: the aggregates of all suffixes of a window are made at once, and what comes in later is gathered
 * beside them, so that each pane is merged a constant number of times however many windows it is part of (the two stacks of Tangwongsan, Hirzel
 * and Schneider, "Low-latency sliding-window aggregation in worst-case constant time", DEBS 2017).
 */
export class StackingCarrier implements WindowCarrier {
  readonly #aggregation: Aggregation;

  constructor(aggregation: Aggregation) {
    this.#aggregation = aggregation;
  }

  windowOf(set: PaneSet, startMs: number, endMs: number): Accumulator | undefined {
    const { carried } = set;
    const suffixes = carried?.suffixes;
    while (suffixes !== undefined && suffixes.length > 0 && suffixes.at(-1)!.startMs < startMs)
      suffixes.pop();
    const suffix = suffixes?.at(-1);
    if (carried === undefined || suffix === undefined) return this.#stack(set, startMs, endMs);
    if (set.panes.at(-1)!.startMs >= carried.endMs) {
      carried.accumulator ??= this.#aggregation.create();
      mergeFrom(set, carried.endMs, endMs, carried.accumulator, this.#aggregation);
    }
    carried.endMs = endMs;
    if (carried.accumulator === undefined) return suffix.accumulator;
    const combined = this.#aggregation.codec.copy(suffix.accumulator);
    this.#aggregation.merge(combined, carried.accumulator);
    return combined;
  }

  /** Late rows are rare, and the next window makes the suffixes anew. */
  onLateRow(set: PaneSet, paneMs: number): void {
    if (set.carried !== undefined && paneMs < set.carried.endMs) set.carried = undefined;
  }

  onDrop(): void {}

  #stack(set: PaneSet, startMs: number, endMs: number): Accumulator | undefined {
    const suffixes: Pane[] = [];
    for (let index = set.panes.length - 1; index >= 0 && set.panes[index]!.startMs >= startMs; index--) {
      const pane = set.panes[index]!;
      if (pane.startMs >= endMs) continue;
      const accumulator = this.#aggregation.codec.copy(pane.accumulator);
      const later = suffixes.at(-1);
      if (later !== undefined) this.#aggregation.merge(accumulator, later.accumulator);
      suffixes.push({ startMs: pane.startMs, accumulator });
    }
    set.carried = { startMs, endMs, accumulator: undefined, suffixes };
    return suffixes.at(-1)?.accumulator;
  }
}

function hasRows(set: PaneSet, startMs: number, endMs: number): boolean {
  const pane = firstPaneFrom(set, startMs);
  return pane !== undefined && pane.startMs < endMs;
}

/** Merges the panes that start in [startMs, endMs), which are among the last. */
function mergeFrom(
  { panes }: PaneSet,
  startMs: number,
  endMs: number,
  accumulator: Accumulator,
  aggregation: Aggregation,
): void {
  for (let index = panes.length - 1; index >= 0 && panes[index]!.startMs >= startMs; index--) {
    if (panes[index]!.startMs < endMs) aggregation.merge(accumulator, panes[index]!.accumulator);
  }
}
