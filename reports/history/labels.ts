import { cleanText } from '../markup/index.ts';
import type { HistoryEntry } from './history.ts';
import { ENOUGH_RESULTS, type HistoryChange, type HistorySeries } from './history-series.ts';

/** `2026-01-02 03:04` of the time of a result. */
export function dayOf({ createdAt }: HistoryEntry): string {
  return cleanText(createdAt, 40).slice(0, 16).replace('T', ' ');
}

/** The first characters of a commit, with a plus where the tree had changes; a dash where it is not known. */
export function commitOf({ gitCommit, gitDirty }: HistoryEntry): string {
  return gitCommit === null ? '-' : `${cleanText(gitCommit, 40).slice(0, 9)}${gitDirty === true ? '+' : ''}`;
}

/** `-12.9%` */
export function changeText({ change }: Pick<HistoryChange, 'change'>): string {
  return Number.isFinite(change) ? `${change >= 0 ? '+' : ''}${(change * 100).toFixed(1)}%` : 'from zero';
}

/** What a series is called: workload, guarantee, cell, offered rate. */
export function cellTitle({ of }: HistorySeries): string {
  const rate = of.ratePerSecond === null ? '' : `, ${of.ratePerSecond}/s`;
  return `${cleanText(of.workload, 80)}, ${of.guarantee}: ${cleanText(of.cell, 120)}${rate}`;
}

/** What a change rests on, in a sentence; empty where that is enough. */
export function evidenceText({ evidence }: HistoryChange, points: number): string {
  switch (evidence) {
    case 'last point':
      return 'a single last point is weak evidence';
    case 'short series':
      return `${points} results, about ${ENOUGH_RESULTS} are needed to trust it`;
    case 'enough':
      return '';
  }
}

/** Series of one cell on one machine, by what they are called. */
export function groupByCell(series: readonly HistorySeries[]): ReadonlyMap<string, readonly HistorySeries[]> {
  const groups = new Map<string, HistorySeries[]>();
  for (const one of series) {
    const key = JSON.stringify([one.fingerprint, cellTitle(one)]);
    const group = groups.get(key) ?? [];
    group.push(one);
    groups.set(key, group);
  }
  return groups;
}

/** The results that any series has, the oldest first. */
export function entriesOf(series: readonly HistorySeries[]): readonly HistoryEntry[] {
  const entries = new Set(series.flatMap(({ points }) => points.map(({ entry }) => entry)));
  return [...entries].sort((a, b) => (a.createdAt < b.createdAt ? -1 : 1));
}

/** `p = 0.00040`, `p < 0.0001` */
export function probability(p: number): string {
  return p < 0.0001 ? 'p < 0.0001' : `p = ${p.toPrecision(2)}`;
}
