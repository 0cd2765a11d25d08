import {
  type Chart,
  drawPanel,
  logDomain,
  logScale,
  ninesScale,
  type Point,
  rightFor,
  type Series,
} from '../../charts/index.ts';
import { html } from '../../markup/index.ts';
import { type Distribution, histogramOf, percentileOf } from '../../model/index.ts';
import { scaleFor } from '../../numbers/index.ts';
import { legend, sample } from '../legend.ts';
import { latencyTick } from '../time-label.ts';

const LEFT = 58;
const TOP = 22;
const BOTTOM = 262;

/** Latency of one side, as it is drawn and told. */
export interface SideLatency {
  readonly side: 'base' | 'head';
  readonly latency: Distribution;
}

/** Latency by percentile of base and head over each other, on the nines axis; null where the histograms were left out. */
export function overlayChart(
  { id, title }: Pick<Chart, 'id' | 'title'>,
  sides: readonly SideLatency[],
): Chart | null {
  const curves = sides.map((each) => ({ ...each, points: pointsOf(each.latency) }));
  const domain = logDomain(curves.flatMap(({ points }) => points.map(([, y]) => y ?? 0)));
  if (domain === null) return null;
  const nines = Math.max(2, ...curves.flatMap(({ points }) => points.map(([x]) => x)));
  const right = rightFor(['base', 'head']);
  const x = ninesScale(nines, { from: LEFT, to: right });
  const series = curves.map(
    ({ side, points }): Series => ({
      points,
      shape: 'line',
      style: side,
      endLabel: side,
      marker: side === 'base' ? 'circle' : 'diamond',
    }),
  );
  const told = curves.map(
    ({ side, latency: { p50, p99 } }) => `${side}: p50 ${tick(p50)}, p99 ${tick(p99)}.`,
  );
  return {
    id,
    title,
    description: `Latency of each input from its due instant, by percentile. Each further nine takes the same width. A curve ends where fewer than ten samples remain beyond it. ${told.join(' ')}`,
    height: BOTTOM + 40,
    cursor: { top: TOP, bottom: BOTTOM },
    drawing: [
      drawPanel({
        left: LEFT,
        right,
        top: TOP,
        bottom: BOTTOM,
        x,
        y: logScale(domain, { from: BOTTOM, to: TOP }, latencyTick),
        xTitle: 'percentile of inputs',
        yTitle: 'latency',
        series,
        bands: [],
        verticals: [],
        rug: null,
      }),
    ],
    legend: legend(curves.map(({ side }) => html`${sample(side, '')} ${side}`)),
    table: tableOf(curves, x.position),
  };
}

/** Positions in nines at which curves are read: ten a decade, and the median. */
const POSITIONS: readonly number[] = [...Array.from({ length: 61 }, (_, i) => i / 10), Math.log10(2)].sort(
  (a, b) => a - b,
);

const percentileAt = (nines: number) => 100 * (1 - 10 ** -nines);

const tick = (value: number | null) => (value === null ? 'unknown' : latencyTick(value));

function pointsOf(distribution: Distribution): readonly Point[] {
  const histogram = histogramOf(distribution);
  if (histogram === null) return [];
  return POSITIONS.flatMap((nines): Point[] => {
    const value = percentileOf(histogram, percentileAt(nines), distribution.outOfRange);
    return value === null ? [] : [[nines, Math.max(1, value)]];
  });
}

function tableOf(
  curves: readonly { readonly side: string; readonly points: readonly Point[] }[],
  position: (nines: number) => number,
): Chart['table'] {
  const lookups = curves.map(({ points }) => new Map(points.map(([x, y]) => [x, y ?? 0])));
  const scale = scaleFor(
    'us',
    lookups.flatMap((lookup) => [...lookup.values()]),
  );
  const used = POSITIONS.filter((nines) => lookups.some((lookup) => lookup.has(nines)));
  return {
    caption: 'Latency by percentile; no figure where fewer than ten samples remain beyond.',
    headers: ['percentile', ...curves.map(({ side }) => `${side}, ${scale.unit}`)],
    rows: used.map((nines) => ({
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
