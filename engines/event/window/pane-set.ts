import type { Accumulator, Aggregation } from '../aggregate/index.ts';
import type { ValueCodec } from '../state/index.ts';

/** What the rows of one pane [startMs, startMs + pane size) have gathered: the same for every window that the pane is part of. */
export interface Pane {
  readonly startMs: number;
  readonly accumulator: Accumulator;
}

/** The window that fired last, in a form that the next one can be made from: what that is, is the matter of a WindowCarrier. */
interface CarriedWindow {
  startMs: number;
  endMs: number;
  accumulator: Accumulator | undefined;
  /** Aggregates of panes and all carried ones after them; the earliest comes last. */
  readonly suffixes: Pane[];
}

/** All that is kept of one key: its panes that are part of a window which is not over, and the one timer that is set for it. */
export interface PaneSet {
  /** In order of time; panes without rows are not there. */
  readonly panes: Pane[];
  /** Infinity if none is set. */
  timerMs: number;
  /** Made anew from the panes where it is missing, so it is no part of the snapshot. */
  carried: CarriedWindow | undefined;
}

/** Finds or makes a pane; time mostly goes forward, so it is looked for from the end. */
export function paneAt(set: PaneSet, startMs: number, create: () => Accumulator): Pane {
  const { panes } = set;
  let index = panes.length;
  while (index > 0 && panes[index - 1]!.startMs > startMs) index -= 1;
  const before = panes[index - 1];
  if (before?.startMs === startMs) return before;
  const pane = { startMs, accumulator: create() };
  // splice makes an array even of nothing removed.
  if (index === panes.length) panes.push(pane);
  else panes.splice(index, 0, pane);
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

export function paneSetCodec(accumulators: ValueCodec<Accumulator>): ValueCodec<PaneSet> {
  return {
    copy: ({ panes, timerMs }) => ({
      panes: panes.map(({ startMs, accumulator }) => ({
        startMs,
        accumulator: accumulators.copy(accumulator),
      })),
      timerMs,
      carried: undefined,
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
      return { panes, timerMs, carried: undefined };
    },
  };
}
