import type { Estimate } from '../evidence/index.ts';
import { type MetricId, metric as metricOf } from '../model/index.ts';

/** What the frontier trades off, in the order of the table. */
export const FRONTIER_METRICS = ['p99Ms', 'sustainablePerSecond', 'cpuSecondsPerMillion'] as const;
export type FrontierMetric = (typeof FRONTIER_METRICS)[number];

/**
 * A figure of a configuration. `open`: beyond which end the truth may lie: `better` of a search that did not end at the engine, `worse` of a
 * latency that still rose when its warm-up had to end.
 */
export interface Coordinate {
  readonly estimate: Estimate;
  readonly open: 'no' | 'better' | 'worse';
}

/** Without the metrics that were not measured. */
export type Coordinates = Readonly<Partial<Record<FrontierMetric, Coordinate>>>;

/** Figures that a configuration needs to be on the frontier or off it: with one, the best in it would dominate all. */
export const FEWEST_COORDINATES = 2;

/**
 * Whether one configuration leaves no reason to take the other: it has every figure that the other has, two at least, is at least as good in
 * each of them, and better in one with ranges apart by the metric's minimum effect. At least as good: neither end of its range is worse, nor
 * its median. A figure that only the other has may be its reason, so nothing is said then.
 *
 * A strict partial order on all points, whatever they lack: the figures of the dominated are among those of the dominating, and ends of
 * ranges are ordered as numbers are. So whatever is dominated is dominated from the frontier too.
 */
export function dominates(one: Coordinates, other: Coordinates): boolean {
  const shared = FRONTIER_METRICS.filter((metric) => other[metric] !== undefined);
  if (shared.length < FEWEST_COORDINATES) return false;
  const pairs = shared.map((metric) => ({ metric, mine: one[metric], its: other[metric] }));
  return (
    pairs.every(({ metric, mine, its }) => mine && its && isAsGood(metric, mine, its)) &&
    pairs.some(({ metric, mine, its }) => mine && its && isApart(metric, mine, its))
  );
}

/** Whether repeated runs on both sides tell the two apart in a metric at least; if not, a dominance rests on one run. */
export function isRepeatedlyApart(one: Coordinates, other: Coordinates): boolean {
  return FRONTIER_METRICS.some((metric) => {
    const [mine, its] = [one[metric], other[metric]];
    if (mine === undefined || its === undefined) return false;
    return mine.estimate.count > 1 && its.estimate.count > 1 && isApart(metric, mine, its);
  });
}

function isAsGood(metric: FrontierMetric, one: Coordinate, other: Coordinate): boolean {
  if (one.open === 'worse' || other.open === 'better') return false;
  const [mine, its] = [costOf(metric, one.estimate), costOf(metric, other.estimate)];
  return mine.low <= its.low && mine.middle <= its.middle && mine.high <= its.high;
}

const METRIC_IDS: Readonly<Record<FrontierMetric, MetricId>> = {
  p99Ms: 'latency-p99',
  sustainablePerSecond: 'sustainable-rate',
  cpuSecondsPerMillion: 'cpu-per-million',
};

function isApart(
  metric: FrontierMetric,
  { estimate: one }: Coordinate,
  { estimate: other }: Coordinate,
): boolean {
  const factor = 1 + (metricOf(METRIC_IDS[metric]).minimumEffect ?? 0);
  return metric === 'sustainablePerSecond' ? one.low > other.high * factor : one.high * factor < other.low;
}

/** Lower is better. */
function costOf(metric: FrontierMetric, { low, median, high }: Estimate) {
  return metric === 'sustainablePerSecond'
    ? { low: -high, middle: -median, high: -low }
    : { low, middle: median, high };
}
