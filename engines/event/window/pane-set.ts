import type { Accumulator, Aggregation } from '../aggregate/index.ts';
import type { ValueCodec } from '../state/index.ts';

/** What the rows of one pane [startMs, startMs + pane size) have gathered: the same for every window that the pane is part of. */
export interface Pane {
  readonly startMs: number;
  readonly accumulator: Accumulator;
}

/** The aggregate of the panes that start in [startMs, endMs): the window that fired last. */
interface RunningWindow {
  startMs: number;
  endMs: number;
  readonly accumulator: Accumulator;
}

/** All that is kept of one key: its panes that are part of a window which is not over, and the one timer that is set for it. */
export interface PaneSet {
  /** In order of time; panes without rows are not there. */
  readonly panes: Pane[];
  /** Infinity if none is set. */
  timerMs: number;
  /** Made anew from the panes where it is missing, so it is no part of the snapshot. */
  running: RunningWindow | undefined;
}

/** Finds or makes a pane; time mostly goes forward, so it is looked for from the end. */
export function paneAt(set: PaneSet, startMs: number, create: () => Accumulator): Pane {
  const { panes } = set;
  let index = panes.length;
  while (index > 0 && panes[index - 1]!.startMs > startMs) index -= 1;
  const before = panes[index - 1];
  if (before?.startMs === startMs) return before;
  const pane = { startMs, accumulator: create() };
  panes.splice(index, 0, pane);
  return pane;
}

/** The first pane that starts at or after a time. */
export function firstPaneFrom({ panes }: PaneSet, startMs: number): Pane | undefined {
  for (let index = 0; index < panes.length; index++) {
    const pane = panes[index]!;
    if (pane.startMs >= startMs) return pane;
  }
  return undefined;
}

/** The aggregate of the window [startMs, endMs), put together from its panes; undefined if it has no row. Valid until the set changes. */
export function combinePanes(
  { panes }: PaneSet,
  startMs: number,
  endMs: number,
  aggregation: Aggregation,
): Accumulator | undefined {
  let combined: Accumulator | undefined;
  for (let index = 0; index < panes.length; index++) {
    const pane = panes[index]!;
    if (pane.startMs < startMs) continue;
    if (pane.startMs >= endMs) break;
    if (combined === undefined) combined = aggregation.codec.copy(pane.accumulator);
    else aggregation.merge(combined, pane.accumulator);
  }
  return combined;
}

/**
 * The same, carried on from the window before it: what came in is added, what went out is deducted. Windows are asked for in order of time,
 * and the aggregates must be invertible. (Hazelcast Jet's SlidingWindowP with a deduct function.)
 */
export function slidePanes(
  set: PaneSet,
  startMs: number,
  endMs: number,
  aggregation: Aggregation,
): Accumulator | undefined {
  if (!((firstPaneFrom(set, startMs)?.startMs ?? endMs) < endMs)) return undefined;
  const { running, panes } = set;
  if (running === undefined) {
    const accumulator = combinePanes(set, startMs, endMs, aggregation)!;
    set.running = { startMs, endMs, accumulator };
    return accumulator;
  }
  for (let index = 0; index < panes.length && panes[index]!.startMs < startMs; index++) {
    if (panes[index]!.startMs >= running.startMs) {
      aggregation.subtract(running.accumulator, panes[index]!.accumulator);
    }
  }
  for (let index = panes.length - 1; index >= 0 && panes[index]!.startMs >= running.endMs; index--) {
    if (panes[index]!.startMs < endMs) aggregation.merge(running.accumulator, panes[index]!.accumulator);
  }
  running.startMs = startMs;
  running.endMs = endMs;
  return running.accumulator;
}

/** Drops the panes that start before a time. */
export function dropPanesBefore(set: PaneSet, startMs: number, aggregation: Aggregation): void {
  const { panes, running } = set;
  let dropped = 0;
  while (dropped < panes.length && panes[dropped]!.startMs < startMs) {
    const pane = panes[dropped]!;
    if (running !== undefined && pane.startMs >= running.startMs && pane.startMs < running.endMs) {
      aggregation.subtract(running.accumulator, pane.accumulator);
    }
    dropped += 1;
  }
  panes.splice(0, dropped);
}

export function paneSetCodec(accumulators: ValueCodec<Accumulator>): ValueCodec<PaneSet> {
  return {
    copy: ({ panes, timerMs }) => ({
      panes: panes.map(({ startMs, accumulator }) => ({
        startMs,
        accumulator: accumulators.copy(accumulator),
      })),
      timerMs,
      running: undefined,
    }),
    write({ panes, timerMs }, writer) {
      writer.float64(timerMs);
      writer.uint32(panes.length);
      for (const { startMs, accumulator } of panes) {
        writer.float64(startMs);
        accumulators.write(accumulator, writer);
      }
    },
    read(reader) {
      const timerMs = reader.float64();
      const panes = Array.from({ length: reader.uint32() }, () => ({
        startMs: reader.float64(),
        accumulator: accumulators.read(reader),
      }));
      return { panes, timerMs, running: undefined };
    },
  };
}
