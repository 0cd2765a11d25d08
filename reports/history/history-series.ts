import { type MetricId, metric } from '../model/index.ts';
import { CHANGE_POINT_DEFAULTS, changePoints } from '../statistics/index.ts';
import type { History, HistoryEntry, HistoryValue } from './history.ts';

/** Results from which on a change point can be trusted. */
export const ENOUGH_RESULTS = 20;

/** One metric of one cell over the results that have it, all on one machine and broker. */
export interface HistorySeries {
  readonly of: Omit<HistoryValue, 'value' | 'runs'>;
  readonly fingerprint: string;
  readonly points: readonly HistoryPoint[];
  /** False where there are too few points to look for changes. */
  readonly isSearched: boolean;
  readonly changes: readonly HistoryChange[];
}

interface HistoryPoint {
  readonly entry: HistoryEntry;
  readonly value: number;
  readonly runs: number;
}

/** A change of level: the first result after it, and how much. */
export interface HistoryChange {
  /** In the points of its series. */
  readonly index: number;
  readonly before: number;
  readonly after: number;
  /** After over before, less 1. */
  readonly change: number;
  readonly p: number;
  readonly meaning: 'better' | 'worse' | 'changed';
  /** `last point`: it rests on one value. `short series`: fewer results than it takes. */
  readonly evidence: 'last point' | 'short series' | 'enough';
}

export interface SeriesOptions {
  /** Empty: all. */
  readonly metrics: readonly MetricId[];
  /** Fewer points are shown, and not searched for changes. */
  readonly minimumPoints: number;
}

/** The series of a history, in the order of their first results. */
export function historySeries(
  history: History,
  { metrics, minimumPoints }: SeriesOptions,
): readonly HistorySeries[] {
  const groups = new Map<string, Pick<HistorySeries, 'of' | 'fingerprint'> & { points: HistoryPoint[] }>();
  for (const entry of history.entries) {
    for (const { value, runs, ...of } of entry.values) {
      if (metrics.length > 0 && !metrics.includes(of.metric)) continue;
      const key = JSON.stringify([
        entry.fingerprint,
        of.workload,
        of.engine,
        of.profile,
        of.guarantee,
        Object.entries(of.variables).sort(),
        of.ratePerSecond,
        of.metric,
      ]);
      const group = groups.get(key) ?? { of, fingerprint: entry.fingerprint, points: [] };
      group.points.push({ entry, value, runs });
      groups.set(key, group);
    }
  }
  return [...groups.values()].map((group) => {
    const isSearched = group.points.length >= minimumPoints;
    return { ...group, isSearched, changes: isSearched ? changesOf(group.of.metric, group.points) : [] };
  });
}

function changesOf(id: MetricId, points: readonly HistoryPoint[]): readonly HistoryChange[] {
  const { direction, minimumEffect } = metric(id);
  const found = changePoints(
    points.map(({ value }) => value),
    { ...CHANGE_POINT_DEFAULTS, minimumEffect: minimumEffect ?? 0 },
  );
  return found.map(({ index, before, after, p }) => {
    const isHigher = after > before;
    const meaning =
      direction === 'neither'
        ? 'changed'
        : isHigher === (direction === 'higher is better')
          ? 'better'
          : 'worse';
    const evidence =
      index === points.length - 1 ? 'last point' : points.length < ENOUGH_RESULTS ? 'short series' : 'enough';
    return { index, before, after, change: after / before - 1, p, meaning, evidence };
  });
}
