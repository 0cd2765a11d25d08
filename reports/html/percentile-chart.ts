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
import { type Distribution, histogramOf, percentileOf } from '../model/index.ts';
import { scaleFor } from '../numbers/index.ts';
import { latencyTick } from './time-label.ts';

const LEFT = 58;
const TOP = 22;
const BOTTOM = 262;

const MEDIAN = Math.log10(2);

/** Positions in nines at which curves are read: 20 a decade, and the median. */
const POSITIONS: readonly number[] = [...Array.from({ length: 121 }, (_, i) => i / 20), MEDIAN].sort(
  (a, b) => a - b,
);

/** A curve with a name, which heads its column of the table; its points are from `percentilePoints`. */
export interface PercentileCurve extends Series {
  readonly name: string;
}

/** A latency that is asked for, as a line across. */
interface Level {
  readonly valueUs: number;
  readonly label: string;
}

interface Parts extends Pick<Chart, 'id' | 'title' | 'legend'> {
  readonly curves: readonly PercentileCurve[];
  /** Drawn behind the curves, and neither named nor in the table. */
  readonly behind: readonly Series[];
  readonly levels: readonly Level[];
  /** Said at the end of the description; may be empty. */
  readonly remark: string;
}

/** Latency by percentile on the nines axis, with one column of the table a curve; null when no curve has a point. */
export function percentileChart({ id, title, legend, curves, behind, levels, remark }: Parts): Chart | null {
  const drawn = [...behind, ...curves].flatMap(({ points }) => points.map(([, y]) => y ?? 0));
  const domain = drawn.length === 0 ? null : logDomain([...levels.map(({ valueUs }) => valueUs), ...drawn]);
  if (domain === null) return null;
  const nines = Math.max(2, ...curves.flatMap(({ points }) => points.map(([x]) => x)));
  const levelLines = levels.map(
    ({ valueUs, label }): Series => ({
      points: [
        [0, valueUs],
        [nines, valueUs],
      ],
      shape: 'line',
      style: 'limit',
      endLabel: label,
      marker: 'none',
    }),
  );
  const right = rightFor([...curves, ...levelLines].map(({ endLabel }) => endLabel ?? ''));
  const x = ninesScale(nines, { from: LEFT, to: right });
  return {
    id,
    title,
    description: [
      'Latency of each input from its due instant, by percentile. Each further nine takes the same width. A curve ends where fewer than ten samples remain beyond it.',
      ...curves.map(told),
      ...(remark === '' ? [] : [remark]),
    ].join(' '),
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
        series: [...behind, ...levelLines, ...curves],
        bands: [],
        verticals: [],
        rug: null,
      }),
    ],
    axis: `nines ${nines} ${right}`,
    legend,
    table: tableOf(curves, x.position),
  };
}

/** A distribution as a curve over nines, microseconds; no point where its histogram was left out or fewer than ten samples lie beyond. */
export function percentilePoints(distribution: Distribution): readonly Point[] {
  const histogram = histogramOf(distribution);
  if (histogram === null) return [];
  return POSITIONS.flatMap((nines): Point[] => {
    const value = percentileOf(histogram, percentileAt(nines), distribution.outOfRange);
    return value === null ? [] : [[nines, Math.max(1, value)]];
  });
}

const percentileAt = (nines: number) => 100 * (1 - 10 ** -nines);

function told({ name, points }: PercentileCurve): string {
  const at = (nines: number) => points.find(([x]) => x === nines)?.[1];
  const [median, p99] = [at(MEDIAN), at(2)];
  const parts = [
    median == null ? null : `p50 ${latencyTick(median)}`,
    p99 == null ? null : `p99 ${latencyTick(p99)}`,
  ].filter((part) => part !== null);
  return `${name}: ${parts.join(', ') || 'too few samples'}.`;
}

function tableOf(curves: readonly PercentileCurve[], position: (nines: number) => number): Chart['table'] {
  const lookups = curves.map(({ points }) => new Map(points.map(([x, y]) => [x, y ?? 0])));
  const scale = scaleFor(
    'us',
    lookups.flatMap((lookup) => [...lookup.values()]),
  );
  const used = POSITIONS.filter((nines) => lookups.some((lookup) => lookup.has(nines)));
  // The cursor needs no more than ten places a decade.
  const rows = used.filter((nines) => nines === MEDIAN || Number.isInteger(Math.round(nines * 20) / 2));
  return {
    caption: 'Latency by percentile; no figure where fewer than ten samples remain beyond.',
    headers: ['percentile', ...curves.map(({ name }) => `${name}, ${scale.unit}`)],
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
