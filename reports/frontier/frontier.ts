import { seriesName } from '../comparison/index.ts';
import type { Configuration, SustainPoint } from '../evidence/index.ts';
import { cleanText } from '../markup/index.ts';
import {
  type Coordinate,
  type Coordinates,
  dominates,
  FEWEST_COORDINATES,
  FRONTIER_METRICS,
  isRepeatedlyApart,
} from './dominance.ts';
import { mostShared } from './most-shared.ts';

/** `unplaced`: with fewer than two figures it neither dominates nor is dominated. */
export type Standing =
  | { readonly kind: 'frontier' }
  /** By these points of the frontier, their numbers ascending; `isOneRun`: no repeated runs tell it apart from any of them. */
  | { readonly kind: 'dominated'; readonly by: readonly number[]; readonly isOneRun: boolean }
  | { readonly kind: 'unplaced' };

export interface FrontierPoint {
  /** From 1, in the order of the table: by p99, then those without. */
  readonly number: number;
  /** Tells it apart from the others here. */
  readonly name: string;
  readonly configuration: Configuration;
  readonly coordinates: Coordinates;
  readonly standing: Standing;
}

/** All measured configurations for one workload, log and guarantee: what p99, throughput and CPU each of them gives. */
export interface Frontier {
  /** Cleaned: the titles of its chart and table hold it. */
  readonly workload: string;
  readonly guarantee: Configuration['guarantee'];
  /** Offered, at which p99 and CPU were measured; null where no two have a rate in common. */
  readonly ratePerSecond: number | null;
  /** Of the searches for the sustainable rate; null where no two have one in common. */
  readonly slo: SustainPoint['slo'] | null;
  readonly points: readonly FrontierPoint[];
}

/**
 * The frontiers of configurations, those first that come first. Each holds p99 and CPU at the rate that most of its configurations were
 * measured at (of several the highest), and rates under the objective that most searches had; what was measured otherwise is left out.
 * A drain is no sustainable rate: nothing is said of its latency.
 *
 * @param configurations from one machine, broker and version
 */
export function frontiersOf(configurations: readonly Configuration[]): readonly Frontier[] {
  const groups = new Map<string, Configuration[]>();
  for (const configuration of configurations) {
    const key = groundOf(configuration);
    groups.set(key, [...(groups.get(key) ?? []), configuration]);
  }
  return [...groups.values()].map(frontierOf);
}

/** Rows of the settings sheet that say what is in the log. */
const LOG_ROWS: ReadonlySet<string> = new Set([
  'inputPartitions',
  'keys',
  'skew',
  'disorderShare',
  'lateShare',
  'brokenShare',
]);

function groundOf({ workload, guarantee, keys, settings }: Configuration): string {
  const log = settings.filter(({ name }) => LOG_ROWS.has(name)).map(({ name, value }) => [name, value]);
  return JSON.stringify([workload, guarantee, keys, log]);
}

function frontierOf(configurations: readonly Configuration[]): Frontier {
  const [first] = configurations as [Configuration];
  const ratePerSecond = mostShared(
    configurations.map(measuredLatencies),
    (point) => point.ratePerSecond,
    (one, other) => one > other,
  );
  const slo = mostShared(
    configurations.map(({ searches }) => searches),
    (search) => search.slo,
    (one, other) => one.limitMs < other.limitMs,
  );
  const names = distinctNames(configurations);
  const placed = configurations
    .map((configuration, i) => ({
      name: names[i] ?? configuration.name,
      configuration,
      coordinates: coordinatesOf(configuration, ratePerSecond, slo),
    }))
    .filter(({ coordinates }) => Object.keys(coordinates).length > 0)
    .sort((one, other) => orderOf(one.coordinates) - orderOf(other.coordinates))
    .map((point, i) => ({ ...point, number: i + 1 }));
  const standings = standingsOf(placed.map(({ coordinates }) => coordinates));
  return {
    workload: cleanText(first.workload),
    guarantee: first.guarantee,
    ratePerSecond,
    slo,
    points: placed.map((point, i) => ({ ...point, standing: standings[i] ?? { kind: 'unplaced' } })),
  };
}

/** How each point stands among all; numbers of points from 1, in the order given. */
export function standingsOf(points: readonly Coordinates[]): readonly Standing[] {
  const dominators = points.map((point) =>
    points.flatMap((other, i) => (dominates(other, point) ? [i + 1] : [])),
  );
  return points.map((point, i): Standing => {
    if (Object.keys(point).length < FEWEST_COORDINATES) return { kind: 'unplaced' };
    const by = (dominators[i] ?? []).filter((number) => dominators[number - 1]?.length === 0);
    if (by.length === 0) return { kind: 'frontier' };
    const isOneRun = !by.some((number) => isRepeatedlyApart(points[number - 1] ?? {}, point));
    return { kind: 'dominated', by, isOneRun };
  });
}

/** The points below a sustainable rate are one short measurement each, and at rates of their own. */
const measuredLatencies = ({ latencies }: Configuration) => latencies.filter(({ from }) => from === 'run');

function coordinatesOf(
  configuration: Configuration,
  ratePerSecond: Frontier['ratePerSecond'],
  slo: Frontier['slo'],
): Coordinates {
  const latency = measuredLatencies(configuration).find((point) => point.ratePerSecond === ratePerSecond);
  const search = configuration.searches.find(
    (point) => slo !== null && point.slo.percentile === slo.percentile && point.slo.limitMs === slo.limitMs,
  );
  const coordinates: Record<(typeof FRONTIER_METRICS)[number], Coordinate | null> = {
    p99Ms: latency?.p99Ms ? { estimate: latency.p99Ms, open: latency.neverSteady ? 'worse' : 'no' } : null,
    sustainablePerSecond: search?.ratePerSecond
      ? { estimate: search.ratePerSecond, open: search.isLowerBound ? 'better' : 'no' }
      : null,
    cpuSecondsPerMillion: latency?.cpuSecondsPerMillion
      ? { estimate: latency.cpuSecondsPerMillion, open: 'no' }
      : null,
  };
  return Object.fromEntries(
    FRONTIER_METRICS.flatMap((metric) => {
      const coordinate = coordinates[metric];
      return coordinate === null ? [] : [[metric, coordinate]];
    }),
  );
}

const orderOf = ({ p99Ms }: Coordinates): number => p99Ms?.estimate.median ?? Number.MAX_VALUE;

/** Names of series; those that are alike with the settings in which they differ. */
function distinctNames(configurations: readonly Configuration[]): readonly string[] {
  const names = configurations.map(seriesName);
  return configurations.map((configuration, i) => {
    const alike = configurations.filter((_, other) => names[other] === names[i]);
    const differing = configuration.settings.filter(({ name, value }) =>
      alike.some((other) => other.settings.some((row) => row.name === name && row.value !== value)),
    );
    const rows = differing.map(({ name, value }) => cleanText(`${name}=${value}`, LONGEST_ROW));
    return [names[i], ...rows].join(', ');
  });
}

const LONGEST_ROW = 40;
