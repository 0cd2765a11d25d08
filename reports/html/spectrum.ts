import {
  type Chart,
  drawPanel,
  logDomain,
  logScale,
  ninesScale,
  type Point,
  rightFor,
  type Series,
} from '../charts/index.ts';
import { type Group, isSound, searchesOf, seriesName } from '../comparison/index.ts';
import { html, type Markup } from '../markup/index.ts';
import { type Distribution, histogramOf, percentileOf } from '../model/index.ts';
import { scaleFor, significant } from '../numbers/index.ts';
import { chartId } from './chart-id.ts';
import { legend, sample } from './legend.ts';
import { engineStyle } from './series-style.ts';
import { latencyTick } from './time-label.ts';

const LEFT = 58;
const TOP = 22;
const BOTTOM = 262;

interface Curve extends Series {
  readonly name: string;
}

/** Positions at which a thin line is read, of those of the others. */
const EVERY = 2;

/** Latency by percentile of the cells of a group, on the nines axis; null when no latency run passed. */
export function spectrumChart(group: Group): Chart | null {
  const curves: Curve[] = group.cells.flatMap((figures) => {
    const reading = figures.latency.value;
    if (reading === null) return [];
    const name = seriesName(figures.cell);
    return [
      {
        name,
        endLabel: name,
        shape: 'line',
        points: curveOf(reading.latency),
        ...engineStyle(figures.cell.engine),
      },
    ];
  });
  if (curves.every((curve) => curve.points.length === 0)) return null;
  const floors = group.floors.filter(isSound);
  for (const floor of floors) {
    const rate = floors.length > 1 ? ` at ${significant(floor.offeredRatePerSecond)}/s` : '';
    curves.push({
      name: `floor, no engine${rate}`,
      endLabel: `floor${rate}`,
      shape: 'line',
      style: 'floor',
      marker: 'none',
      points: curveOf(floor.latency),
    });
  }
  const thin = group.cells.flatMap(thinLines);
  const limits = limitsOf(group);
  const domain = logDomain([
    ...limits.map(({ limitMs }) => limitMs * 1_000),
    ...[...curves, ...thin].flatMap((curve) => curve.points.map(([, y]) => y ?? 0)),
  ]);
  if (domain === null) return null;
  const nines = Math.max(2, ...curves.flatMap((curve) => curve.points.map(([x]) => x)));
  const limitLines = limits.map(
    (limit): Series => ({
      points: [
        [0, limit.limitMs * 1_000],
        [nines, limit.limitMs * 1_000],
      ],
      shape: 'line',
      style: 'limit',
      endLabel: limitLabel(limit),
      marker: 'none',
    }),
  );
  const right = rightFor([...curves, ...limitLines].map((curve) => curve.endLabel ?? ''));
  const x = ninesScale(nines, { from: LEFT, to: right });
  const y = logScale(domain, { from: BOTTOM, to: TOP }, latencyTick);
  const panel = { left: LEFT, right, top: TOP, bottom: BOTTOM, x, y };
  return {
    id: chartId('spectrum', group),
    title: `${group.workload}, ${group.guarantee}: latency by percentile`,
    description: `Latency of each input from its due instant, by percentile. Each further nine takes the same width. A curve ends where fewer than ten samples remain beyond it. ${describe(curves)}${limits.map((limit) => ` The search for the sustainable rate asks for ${limitLabel(limit)}.`).join('')}`,
    height: BOTTOM + 40,
    cursor: { top: TOP, bottom: BOTTOM },
    drawing: [
      drawPanel({
        ...panel,
        xTitle: 'percentile of inputs',
        yTitle: 'latency',
        series: [...thin, ...limitLines, ...curves],
        bands: [],
        verticals: [],
        rug: null,
      }),
    ],
    axis: `nines ${nines} ${right}`,
    legend: legendOf(thin.length > 0, limits),
    table: tableOf(curves, (at) => x.position(at)),
  };
}

/** Positions in nines at which curves are read: 20 a decade, and the median. */
const POSITIONS: readonly number[] = [...Array.from({ length: 121 }, (_, i) => i / 20), Math.log10(2)].sort(
  (a, b) => a - b,
);

/** A line for each run of a cell that has several. */
function thinLines({ cell, latency }: Group['cells'][number]): readonly Series[] {
  const each = latency.value?.each ?? [];
  if (each.length < 2) return [];
  return each.map((figures) => ({
    points: curveOf(figures.latency).filter((_, i) => i % EVERY === 0),
    shape: 'line',
    style: `${engineStyle(cell.engine).style} run`,
    endLabel: null,
    marker: 'none',
  }));
}

interface Limit {
  readonly percentile: number;
  readonly limitMs: number;
}

/** What the searches for a sustainable rate hold the engines to, each limit once. */
function limitsOf(group: Group): readonly Limit[] {
  const limits = new Map(searchesOf(group).map(({ figures: { slo } }) => [limitLabel(slo), slo]));
  return [...limits.values()];
}

const limitLabel = ({ percentile, limitMs }: Limit) => `p${percentile} ≤ ${latencyTick(limitMs * 1_000)}`;

function legendOf(hasRuns: boolean, limits: readonly Limit[]): Markup | null {
  if (!hasRuns && limits.length === 0) return null;
  return legend([
    hasRuns ? html`thin: each run, thick: all of them merged` : null,
    limits.length > 0 ? html`${sample('limit', '')} limit of the search for the sustainable rate` : null,
  ]);
}

function curveOf(distribution: Distribution): readonly Point[] {
  const histogram = histogramOf(distribution);
  if (histogram === null) return [];
  return POSITIONS.flatMap((nines): Point[] => {
    const value = percentileOf(histogram, percentileAt(nines), distribution.outOfRange);
    return value === null ? [] : [[nines, Math.max(1, value)]];
  });
}

const percentileAt = (nines: number) => 100 * (1 - 10 ** -nines);

function tableOf(curves: readonly Curve[], position: (nines: number) => number): Chart['table'] {
  const lookups = curves.map((curve) => new Map(curve.points.map(([x, y]) => [x, y ?? 0])));
  const scale = scaleFor(
    'us',
    lookups.flatMap((lookup) => [...lookup.values()]),
  );
  const used = POSITIONS.filter((nines) => lookups.some((lookup) => lookup.has(nines)));
  // The cursor needs no more than ten places a decade.
  const rows = used.filter(
    (nines) => nines === Math.log10(2) || Number.isInteger(Math.round(nines * 20) / 2),
  );
  return {
    caption: 'Latency by percentile; no figure where fewer than ten samples remain beyond.',
    headers: ['percentile', ...curves.map((curve) => `${curve.name}, ${scale.unit}`)],
    rows: rows.map((nines) => ({
      x: position(nines),
      cells: [
        `${percentileAt(nines).toFixed(Math.max(1, Math.ceil(nines) - 1))} %`,
        ...lookups.map((lookup) => {
          const value = lookup.get(nines);
          return value === undefined ? '–' : scale.format(value);
        }),
      ],
    })),
  };
}

function describe(curves: readonly Curve[]): string {
  return curves
    .map((curve) => {
      const median = curve.points.find(([x]) => x === Math.log10(2))?.[1];
      const p99 = curve.points.find(([x]) => x === 2)?.[1];
      const parts = [
        median == null ? null : `p50 ${latencyTick(median)}`,
        p99 == null ? null : `p99 ${latencyTick(p99)}`,
      ].filter((part) => part !== null);
      return `${curve.name}: ${parts.join(', ') || 'too few samples'}.`;
    })
    .join(' ');
}
