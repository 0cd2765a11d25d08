import type { KeyedWindow } from '../plan/index.ts';
import type { Accumulators } from './row-aggregation.ts';

/** A window [startMs, endMs) of one key. Without a window in the plan the end is null: it never comes. */
export interface OpenWindow {
  readonly startMs: number;
  readonly endMs: number | null;
  readonly values: Accumulators;
}

type Bounds = Pick<OpenWindow, 'startMs' | 'endMs'>;

const UNBOUNDED: Bounds = { startMs: 0, endMs: null };

/** The windows that take a row, the latest first; of a session only what the row itself covers. */
export function windowsOf(timeMs: number | undefined, window: KeyedWindow | undefined): readonly Bounds[] {
  if (window === undefined || timeMs === undefined) return [UNBOUNDED];
  if (window.type === 'session') return [{ startMs: timeMs, endMs: timeMs + window.gapMs }];
  const { sizeMs, slideMs, offsetMs } = window;
  const bounds: Bounds[] = [];
  let startMs = Math.floor((timeMs - offsetMs) / slideMs) * slideMs + offsetMs;
  for (; startMs + sizeMs > timeMs; startMs -= slideMs) bounds.push({ startMs, endMs: startMs + sizeMs });
  return bounds;
}

/** Whether the watermark closed the window (semantics B2). */
export function isClosed({ endMs }: Bounds, watermarkMs: number): boolean {
  return endMs !== null && endMs <= watermarkMs;
}

/**
 * The windows of one key with those that are one merged, in order of their starts: of sessions those that overlap or
 * touch (semantics B8; MergingSessionsIterator of Spark), else those with the same start.
 */
export function mergeWindows(
  windows: readonly OpenWindow[],
  window: KeyedWindow | undefined,
  merge: (left: Accumulators, right: Accumulators) => Accumulators,
): readonly OpenWindow[] {
  const merged: OpenWindow[] = [];
  for (const next of windows.toSorted((a, b) => a.startMs - b.startMs)) {
    const last = merged.at(-1);
    if (last === undefined || !areOne(last, next, window)) {
      merged.push(next);
      continue;
    }
    const { startMs } = last;
    const endMs = last.endMs === null || next.endMs === null ? last.endMs : Math.max(last.endMs, next.endMs);
    merged[merged.length - 1] = { startMs, endMs, values: merge(last.values, next.values) };
  }
  return merged;
}

function areOne(last: Bounds, next: Bounds, window: KeyedWindow | undefined): boolean {
  if (window?.type !== 'session') return next.startMs === last.startMs;
  return last.endMs === null || next.startMs <= last.endMs;
}
