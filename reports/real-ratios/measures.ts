import { type CellFigures, floorFor, type Group, measuredRuns } from '../comparison/index.ts';

/** What is compared of a pair, with one value a run or kill; empty where there is no figure, or one of the runs has none. */
export interface RatioMeasure {
  readonly title: string;
  /** The kind of the runs that have it. */
  readonly of: 'latency' | 'drain' | 'recovery';
  /** Of the ratio, embedded engine over real system. */
  readonly better: 'above 1' | 'below 1';
  readonly values: (figures: CellFigures, group: Group) => readonly number[];
}

export const RATIO_MEASURES: readonly RatioMeasure[] = [
  {
    title: 'drain',
    of: 'drain',
    better: 'above 1',
    values: ({ drain }) => drain.value?.each.map((run) => run.eventsPerSecond) ?? [],
  },
  {
    title: 'drain last half',
    of: 'drain',
    better: 'above 1',
    values: ({ drain }) => allOf(drain.value?.each.map((run) => run.lastHalfPerSecond)),
  },
  {
    title: 'drain cold',
    of: 'drain',
    better: 'above 1',
    values: ({ drain }) => drain.value?.each.map((run) => run.coldEventsPerSecond) ?? [],
  },
  { title: 'p99 above floor', of: 'latency', better: 'below 1', values: p99AboveFloor },
  {
    title: 'first output',
    of: 'recovery',
    better: 'below 1',
    values: ({ recovery }) => allOf(recovery.value?.kills.map((kill) => kill.firstOutputMs)),
  },
  {
    title: 'CPU-s/M at rate',
    of: 'latency',
    better: 'below 1',
    values: ({ latency }) => latency.value?.cpuSecondsPerMillion ?? [],
  },
  {
    title: 'CPU-s/M draining',
    of: 'drain',
    better: 'below 1',
    values: ({ drain }) => drain.value?.cpuSecondsPerMillion ?? [],
  },
  { title: 'peak RSS', of: 'latency', better: 'below 1', values: peakRss },
];

/** A latency below the floor's is none above it, and has no ratio. */
function p99AboveFloor(figures: CellFigures, group: Group): readonly number[] {
  const floor = floorFor(group, figures)?.latency.p99 ?? null;
  if (floor === null) return [];
  return allOf(
    figures.latency.value?.each.map(({ latency: { p99 } }) =>
      p99 === null || p99 <= floor ? null : p99 - floor,
    ),
  );
}

/** Of each latency run, as the two engines are loaded alike there: a drain holds as much as it gets. */
function peakRss({ cell }: CellFigures): readonly number[] {
  return allOf(
    measuredRuns(cell, 'latency').map(
      (run) => run.cost?.processes.reduce((sum, { peakRssMb }) => sum + peakRssMb, 0) ?? null,
    ),
  );
}

function allOf(values: readonly (number | null)[] = []): readonly number[] {
  const known = values.filter((value) => value !== null);
  return known.length < values.length ? [] : known;
}
