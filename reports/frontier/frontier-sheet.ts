import type { Sheet } from '../comparison/index.ts';
import type { MetricUnit } from '../model/index.ts';
import { scaleFor, significant } from '../numbers/index.ts';
import { FRONTIER_METRICS, type FrontierMetric } from './dominance.ts';
import { figureText } from './figure-text.ts';
import type { Frontier, FrontierPoint } from './frontier.ts';

const UNITS: Readonly<Record<FrontierMetric, MetricUnit>> = {
  p99Ms: 'ms',
  sustainablePerSecond: 'events/s',
  cpuSecondsPerMillion: 'CPU-s per million events',
};

/**
 * A frontier as a table, a row a configuration; a metric that none of them has is no column. Null where it says no more than the comparison
 * of two engines does: with fewer than three points, unless two have all three figures.
 */
export function frontierSheet(frontier: Frontier): Sheet | null {
  const { points } = frontier;
  const placed = points.filter(({ standing }) => standing.kind !== 'unplaced');
  const complete = placed.filter(
    ({ coordinates }) => Object.keys(coordinates).length === FRONTIER_METRICS.length,
  );
  if (placed.length < 3 && complete.length < 2) return null;
  const columns = FRONTIER_METRICS.flatMap((metric) => {
    const known = points.flatMap(({ coordinates }) => coordinates[metric]?.estimate.median ?? []);
    return known.length === 0 ? [] : [{ metric, scale: scaleFor(UNITS[metric], known) }];
  });
  return {
    title: `${frontier.workload}, ${frontier.guarantee}: frontier`,
    caption: captionOf(frontier),
    headers: [
      'configuration',
      ...columns.map(({ metric, scale }) => `${titleOf(metric, frontier)}, ${scale.unit}`),
      'standing',
    ],
    rows: points.map((point) => [
      `${point.number} ${point.name}`,
      ...columns.map(({ metric, scale }) => cellOf(point, metric, scale.format)),
      standingText(point),
    ]),
  };
}

/** What a metric is called here, with its rate or objective. */
export function titleOf(metric: FrontierMetric, { ratePerSecond, slo }: Frontier): string {
  const at = ratePerSecond === null ? '' : ` at ${significant(ratePerSecond)}/s`;
  switch (metric) {
    case 'p99Ms':
      return `p99${at}`;
    case 'sustainablePerSecond':
      return slo === null
        ? 'sustainable rate'
        : `sustainable rate (p${slo.percentile} ≤ ${significant(slo.limitMs)} ms)`;
    case 'cpuSecondsPerMillion':
      return `CPU-s/M${at}`;
  }
}

function cellOf(
  { coordinates }: FrontierPoint,
  metric: FrontierMetric,
  format: (value: number) => string,
): string {
  const coordinate = coordinates[metric];
  return coordinate === undefined ? '–' : figureText(coordinate, format);
}

function standingText({ standing }: FrontierPoint): string {
  switch (standing.kind) {
    case 'frontier':
      return 'on the frontier';
    case 'dominated':
      return `dominated by ${numbersText(standing.by)}${standing.isOneRun ? ' (one run)' : ''}`;
    case 'unplaced':
      return 'one figure alone';
  }
}

const MOST_NUMBERS = 3;

function numbersText(numbers: readonly number[]): string {
  const shown = numbers.slice(0, MOST_NUMBERS).join(', ');
  const left = numbers.length - MOST_NUMBERS;
  return left > 0 ? `${shown} and ${left} more` : shown;
}

function captionOf({ points }: Frontier): string {
  const opens = new Set(
    points.flatMap(({ coordinates }) => Object.values(coordinates).map(({ open }) => open)),
  );
  const isSearched = points.some(({ configuration }) => configuration.searches.length > 0);
  const lacksRate = ({ coordinates }: FrontierPoint) => coordinates.sustainablePerSecond === undefined;
  return [
    'Dominated: another configuration has every figure that this one has, is at least as good in each (by its median and both ends of its range) and better in one, with ranges apart by the minimum effect. In brackets the range that covers the median; a figure without one is of one run.',
    points.every(lacksRate)
      ? `Without a sustainable rate, since none ${isSearched ? 'held' : 'was searched for'}: the rate of a drain, which holds no latency, does not stand in.`
      : null,
    points.some(lacksRate) && !points.every(lacksRate)
      ? '– under the sustainable rate: not searched for, or not even the lowest held; the rate of a drain does not stand in.'
      : null,
    opens.has('better')
      ? '≥: the search ended at the driver or at the end of its range, so nothing is known to match it.'
      : null,
    opens.has('worse')
      ? '†: the latency was never steady before the longest warm-up ended, so it may be worse in a longer run and dominates nothing.'
      : null,
  ]
    .filter((sentence) => sentence !== null)
    .join(' ');
}
