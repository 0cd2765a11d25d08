import type { History } from './history.ts';
import type { HistorySeries } from './history-series.ts';

/** A history as JSON: `results`, `series` whose points name a result by its number, `skipped`. */
export function renderHistoryJson(history: History, series: readonly HistorySeries[]): string {
  return JSON.stringify({
    kind: 'crosscurrent-history',
    schemaVersion: 1,
    results: history.entries.map(({ values: _, ...entry }) => entry),
    series: series.map(({ of, fingerprint, points, isSearched, changes }) => ({
      ...of,
      fingerprint,
      isSearched,
      points: points.map(({ entry, value, runs }) => ({
        result: history.entries.indexOf(entry),
        value,
        runs,
      })),
      changes,
    })),
    skipped: history.skipped,
  });
}
