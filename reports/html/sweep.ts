import { type Chart, drawPanel, logDomain, type Point, rightFor, type Series } from '../charts/index.ts';
import { type Group, metricValue, type Sweep, sweepsOf } from '../comparison/index.ts';
import { html } from '../markup/index.ts';
import { type MetricId, metric } from '../model/index.ts';
import { scaleFor, significant, whole } from '../numbers/index.ts';
import { chartId } from './chart-id.ts';
import { engineStyle } from './series-style.ts';
import { countTick, latencyTick } from './time-label.ts';
import { axisOf } from './value-axis.ts';

const LEFT = 58;
const TOP = 22;
const BOTTOM = 202;

/** What is drawn against a swept variable, where it was measured. */
const METRICS = [
  'recovery-first-output',
  'recovery-caught-up',
  'recovery-replayed',
  'latency-p99',
  'sustainable-rate',
  'drain-rate',
] as const satisfies readonly MetricId[];

interface Measured {
  readonly sweep: Sweep;
  readonly points: readonly {
    readonly at: number;
    readonly value: number;
    readonly low: number;
    readonly high: number;
    readonly isRange: boolean;
  }[];
}

/**
 * The sweeps of a group: a chart for each metric that was measured at two points or more. Sweeps of the engines over variables of one
 * unit, as the interval of checkpoints and the one of batches, share a chart.
 */
export function sweepCharts(group: Group): readonly Chart[] {
  const families = new Map<string, Sweep[]>();
  for (const sweep of sweepsOf(group.cells)) {
    const family = familyOf(sweep.variable);
    families.set(family, [...(families.get(family) ?? []), sweep]);
  }
  return [...families.values()].flatMap((sweeps, i) =>
    METRICS.flatMap((id) => sweepChart(group, `${chartId('sweep', group)}-${i + 1}-${id}`, sweeps, id) ?? []),
  );
}

/** Intervals are one family, whatever each engine calls its own. */
const familyOf = (variable: string) => (/IntervalMs$/.test(variable) ? 'IntervalMs' : variable);

function sweepChart(group: Group, id: string, sweeps: readonly Sweep[], metricId: MetricId): Chart | null {
  const measured = sweeps.map((sweep) => measure(sweep, metricId)).filter(({ points }) => points.length > 1);
  const all = measured.flatMap(({ points }) => points);
  const places = logDomain(all.map(({ at }) => at));
  const values = logDomain(all.flatMap(({ low, high }) => [low, high]));
  if (places === null || values === null) return null;
  const { title, unit } = metric(metricId);
  const variables = [...new Set(measured.map(({ sweep }) => sweep.variable))].join(' or ');
  const right = rightFor(measured.map(({ sweep }) => sweep.name));
  const x = axisOf(places, { from: LEFT, to: right }, countTick);
  const y = axisOf(values, { from: BOTTOM, to: TOP }, TICKS[unit] ?? countTick);
  const scale = scaleFor(
    unit,
    all.map(({ value }) => value),
  );
  return {
    id,
    title: `${group.workload}, ${group.guarantee}: ${title} against ${variables}`,
    description: `${metric(metricId).definition} At each value of ${variables}.`,
    height: BOTTOM + 40,
    cursor: { top: TOP, bottom: BOTTOM },
    drawing: [
      drawPanel({
        left: LEFT,
        right,
        top: TOP,
        bottom: BOTTOM,
        x,
        y,
        xTitle: variables,
        yTitle: title,
        series: measured.flatMap(seriesOf),
        bands: [],
        verticals: [],
        rug: null,
      }),
    ],
    legend: all.some(({ isRange }) => isRange)
      ? html`Medians; the bars are the ranges that cover them.`
      : null,
    table: {
      caption: `${title} at each value of ${variables}.`,
      headers: [
        variables,
        'engine',
        `${title}${scale.unit === '' ? '' : `, ${scale.unit}`}`,
        'range of the median',
      ],
      rows: measured
        .flatMap(({ sweep, points }) => points.map((point) => ({ sweep, point })))
        .sort((a, b) => a.point.at - b.point.at)
        .map(({ sweep, point }) => ({
          x: x.position(point.at),
          cells: [
            Number.isInteger(point.at) ? whole(point.at) : significant(point.at),
            sweep.name,
            scale.format(point.value),
            point.isRange ? `${scale.format(point.low)}–${scale.format(point.high)}` : '–',
          ],
        })),
    },
  };
}

function measure(sweep: Sweep, id: MetricId): Measured {
  const points = sweep.points.flatMap(({ value: at, figures }) => {
    const value = metricValue(figures, id);
    if (value.kind !== 'number') return [];
    const { low, high } = value.interval ?? { low: value.value, high: value.value };
    return [{ at, value: value.value, low, high, isRange: value.interval !== null }];
  });
  return { sweep, points };
}

function seriesOf({ sweep, points }: Measured): readonly Series[] {
  const { style, marker } = engineStyle(sweep.engine);
  const bars = points
    .filter(({ isRange }) => isRange)
    .flatMap(({ at, low, high }): readonly Point[] => [
      [at, low],
      [at, high],
      [at, null],
    ]);
  return [
    {
      points: points.map(({ at, value }) => [at, value]),
      shape: 'line',
      style,
      endLabel: sweep.name,
      marker,
    },
    { points: bars, shape: 'line', style: `${style} p99`, endLabel: null, marker: 'none' },
  ];
}

const TICKS: Readonly<Partial<Record<string, (value: number) => string>>> = {
  us: latencyTick,
  ms: (value) => latencyTick(value * 1_000),
};
