import { type ColumnBatch, rowReader, type WindowShape } from '../columnar/index.ts';
import type { OutputRow } from './ports.ts';

/**
 * The rows of a partition that no window takes because all of theirs are closed, by their places. A row that came too
 * late for some of its windows only is not among them, and neither is one that falls into the gap between windows.
 */
export function lateRowsOf(eventTimes: Float64Array, window: WindowShape, lateMs: number): readonly number[] {
  const { sizeMs, slideMs, offsetMs } = window;
  const late: number[] = [];
  for (let row = 0; row < eventTimes.length; row++) {
    const timeMs = eventTimes[row] as number;
    const latestStartMs = Math.floor((timeMs - offsetMs) / slideMs) * slideMs + offsetMs;
    const endMs = latestStartMs + sizeMs;
    if (timeMs < endMs && endMs <= lateMs) late.push(row);
  }
  return late;
}

/** Rows of a partition, without a key. */
export function outputRowsAt(batch: ColumnBatch, rows: readonly number[]): readonly OutputRow[] {
  const rowAt = rowReader(batch);
  return rows.map((row) => ({ key: null, row: rowAt(row) }));
}
