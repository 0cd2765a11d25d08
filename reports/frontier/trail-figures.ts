import type {
  Configuration,
  DrainPoint,
  Estimate,
  LatencyPoint,
  RecoveryPoint,
  SustainPoint,
} from '../evidence/index.ts';
import type { MetricUnit } from '../model/index.ts';
import { significant, whole } from '../numbers/index.ts';
import type { Coordinate } from './dominance.ts';
import { mostShared } from './most-shared.ts';

/** One figure at each value of a knob. */
export interface TrailFigure {
  /** With the conditions that are the same at all values: "p99 at 5,000/s". */
  readonly title: string;
  readonly unit: MetricUnit | 'bytes/s';
  /** In the order of the values; null where it was not measured, or not reached. */
  readonly values: readonly (Coordinate | null)[];
}

interface Read<Point> {
  readonly title: string;
  readonly unit: TrailFigure['unit'];
  readonly of: (point: Point) => Estimate | null;
}

const LATENCY: readonly Read<LatencyPoint>[] = [
  { title: 'p50', unit: 'ms', of: ({ p50Ms }) => p50Ms },
  { title: 'p99', unit: 'ms', of: ({ p99Ms }) => p99Ms },
  { title: 'CPU-s/M', unit: 'CPU-s per million events', of: (point) => point.cpuSecondsPerMillion },
];
const SUSTAIN: readonly Read<SustainPoint>[] = [
  { title: 'sustainable rate', unit: 'events/s', of: ({ ratePerSecond }) => ratePerSecond },
];
const DRAIN: readonly Read<DrainPoint>[] = [
  { title: 'drain', unit: 'events/s', of: ({ ratePerSecond }) => ratePerSecond },
  { title: 'CPU-s/M draining', unit: 'CPU-s per million events', of: (point) => point.cpuSecondsPerMillion },
];
const RECOVERY: readonly Read<RecoveryPoint>[] = [
  { title: 'first output after a kill', unit: 'ms', of: ({ firstOutputMs }) => firstOutputMs },
  { title: 'caught up after a kill', unit: 'ms', of: ({ caughtUpMs }) => caughtUpMs },
  { title: 'replayed after a kill', unit: 'records', of: ({ replayedRecords }) => replayedRecords },
  { title: 'written a second', unit: 'bytes/s', of: ({ bytesPerSecond }) => bytesPerSecond },
];

/** The figures that two of the configurations at least have, each under the conditions that most of them share: one rate, one objective. */
export function trailFigures(configurations: readonly Configuration[]): readonly TrailFigure[] {
  return [
    ...along(configurations, {
      pointsOf: ({ latencies }) => latencies.filter(({ from }) => from === 'run'),
      keyOf: ({ ratePerSecond }) => ratePerSecond,
      isBefore: (one, other) => one > other,
      suffixOf: (rate) => ` at ${significant(rate)}/s`,
      openOf: ({ neverSteady }) => (neverSteady ? 'worse' : 'no'),
      reads: LATENCY,
    }),
    ...along(configurations, {
      pointsOf: ({ searches }) => searches,
      keyOf: ({ slo }) => slo,
      isBefore: (one, other) => one.limitMs < other.limitMs,
      suffixOf: ({ percentile, limitMs }) => ` (p${percentile} ≤ ${significant(limitMs)} ms)`,
      openOf: ({ isLowerBound }) => (isLowerBound ? 'better' : 'no'),
      reads: SUSTAIN,
    }),
    ...along(configurations, {
      pointsOf: ({ drains }) => drains,
      keyOf: ({ events }) => events,
      isBefore: (one, other) => one > other,
      suffixOf: (events) => ` of ${whole(events)}`,
      reads: DRAIN,
    }),
    ...along(configurations, {
      pointsOf: ({ recoveries }) => recoveries,
      // Not the size of the state: it may be what the knob moves.
      keyOf: ({ ratePerSecond, target }) => ({ ratePerSecond, target }),
      isBefore: (one, other) => one.ratePerSecond > other.ratePerSecond,
      suffixOf: ({ ratePerSecond, target }) =>
        `${target === 'slot' ? ' of a slot' : ''} at ${significant(ratePerSecond)}/s`,
      reads: RECOVERY,
    }),
  ];
}

interface Along<Point, Key> {
  readonly pointsOf: (configuration: Configuration) => readonly Point[];
  readonly keyOf: (point: Point) => Key;
  readonly isBefore: (one: Key, other: Key) => boolean;
  readonly suffixOf: (key: Key) => string;
  readonly openOf?: (point: Point) => Coordinate['open'];
  readonly reads: readonly Read<Point>[];
}

function along<Point, Key>(
  configurations: readonly Configuration[],
  { pointsOf, keyOf, isBefore, suffixOf, openOf = () => 'no', reads }: Along<Point, Key>,
): readonly TrailFigure[] {
  const lists = configurations.map(pointsOf);
  const key = mostShared(lists, keyOf, isBefore);
  if (key === null) return [];
  const wanted = JSON.stringify(key);
  const points = lists.map((list) => list.find((point) => JSON.stringify(keyOf(point)) === wanted) ?? null);
  return reads
    .map(
      ({ title, unit, of }): TrailFigure => ({
        title: `${title}${suffixOf(key)}`,
        unit,
        values: points.map((point) => {
          const estimate = point && of(point);
          return point && estimate && { estimate, open: openOf(point) };
        }),
      }),
    )
    .filter(({ values }) => values.filter((value) => value !== null).length > 1);
}
