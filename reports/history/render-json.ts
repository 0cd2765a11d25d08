import { harmlessJson } from '../markup/index.ts';
import type { History } from './history.ts';
import type { HistorySeries } from './history-series.ts';

/**
 * A history as JSON in the form of docs/history.schema.json: `results`, `series` whose points name a result by its number, `skipped`. Texts are
 * whole; on a terminal they are harmless. Ends with a line break.
 */
export function renderHistoryJson(history: History, series: readonly HistorySeries[]): string {
  const document = {
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
      // JSON has no infinity: from zero there is no share.
      changes: changes.map((change) => ({
        ...change,
        change: Number.isFinite(change.change) ? change.change : null,
      })),
    })),
    skipped: history.skipped,
  };
  return `${harmlessJson(document)}\n`;
}
