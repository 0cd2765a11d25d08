import {
  type Chart,
  drawPanel,
  linearScale,
  logDomain,
  logScale,
  rightFor,
  type Scale,
  type Series,
  type Span,
} from '../charts/index.ts';
import { type Group, seriesName } from '../comparison/index.ts';
import { type Distribution, histogramOf, percentileOf } from '../model/index.ts';
import { scaleFor } from '../numbers/index.ts';
import { chartId } from './chart-id.ts';
import { engineStyle } from './series-style.ts';
import { latencyTick } from './time-label.ts';

const LEFT = 58;
const TOP = 22;
const BOTTOM = 202;
const ROWS = 12;

interface Curve extends Series {
  readonly name: string;
  readonly points: readonly (readonly [latencyUs: number, share: number])[];
}

/** The share of inputs at or below each latency, for the cells of a group; null when no latency run passed. */
export function ecdfChart(group: Group): Chart | null {
  const curves = group.cells.flatMap(({ cell, latency }): readonly Curve[] => {
    const name = seriesName(cell);
    const points = latency.value === null ? [] : sharesOf(latency.value.latency);
    return points.length === 0
      ? []
      : [{ name, endLabel: name, shape: 'line', points, ...engineStyle(cell.engine) }];
  });
  const domain = logDomain(curves.flatMap(({ points }) => points.map(([latency]) => latency)));
  if (domain === null) return null;
  const right = rightFor(curves.map(({ name }) => name));
  const x = spaced(domain, logScale(domain, { from: LEFT, to: right }, latencyTick), right - LEFT);
  return {
    id: chartId('ecdf', group),
    title: `${group.workload}, ${group.guarantee}: share of inputs by latency`,
    description: `Cumulative distribution of the latency of each input from its due instant. Steep where many inputs have about the same latency. ${curves
      .map(({ name, points }) => `${name}: from ${latencyTick(points[0]?.[0] ?? 0)}.`)
      .join(' ')}`,
    height: BOTTOM + 40,
    cursor: { top: TOP, bottom: BOTTOM },
    drawing: [
      drawPanel({
        left: LEFT,
        right,
        top: TOP,
        bottom: BOTTOM,
        x,
        y: linearScale({ from: 0, to: 100 }, { from: BOTTOM, to: TOP }, 5, (share) => `${share} %`),
        xTitle: 'latency',
        yTitle: 'inputs at or below',
        series: curves,
        bands: [],
        verticals: [],
        rug: null,
      }),
    ],
    legend: null,
    table: tableOf(curves, (latency) => x.position(latency)),
  };
}

/** Units that 1, 2, 5 and 10 need for labels side by side. */
const UNITS_A_DECADE = 150;

/** Without the ticks at 2 and 5 where their labels would touch. */
function spaced(domain: Span, scale: Scale, width: number): Scale {
  if (Math.log10(domain.to / domain.from) * UNITS_A_DECADE <= width) return scale;
  return { ...scale, ticks: scale.ticks.filter(({ label }) => label.startsWith('1')) };
}

/** From the shortest latency to the longest, by whole percents; as in the other figures none with fewer than ten samples beyond. */
function sharesOf(distribution: Distribution): readonly (readonly [number, number])[] {
  const histogram = histogramOf(distribution);
  if (histogram === null || distribution.min === null) return [];
  const percents = Array.from({ length: 99 }, (_, i) => i + 1);
  const between = percents.flatMap((share) => {
    const value = percentileOf(histogram, share, distribution.outOfRange);
    return value === null ? [] : [[Math.max(1, value), share] as const];
  });
  const longest = distribution.max === null ? [] : [[distribution.max, 100] as const];
  return [[Math.max(1, distribution.min), 0], ...between, ...longest];
}

function tableOf(curves: readonly Curve[], position: (latency: number) => number): Chart['table'] {
  const all = curves.flatMap(({ points }) => points.map(([latency]) => latency));
  const [lowest, highest] = [Math.min(...all), Math.max(...all)];
  const latencies = Array.from({ length: ROWS }, (_, i) => lowest * (highest / lowest) ** ((i + 1) / ROWS));
  const scale = scaleFor('us', latencies);
  return {
    caption: 'Inputs at or below each latency, whole percents.',
    headers: [`latency, ${scale.unit}`, ...curves.map(({ name }) => `${name}, %`)],
    rows: latencies.map((latency) => ({
      x: position(latency),
      cells: [
        scale.format(latency),
        // The last latency is a power with a rounding error.
        ...curves.map(({ points }) => String(points.findLast(([at]) => at <= latency * 1.000001)?.[1] ?? 0)),
      ],
    })),
  };
}
