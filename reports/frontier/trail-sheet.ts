import type { Sheet } from '../comparison/index.ts';
import { overlaps } from '../evidence/index.ts';
import { bytes, scaleFor, significant } from '../numbers/index.ts';
import type { Coordinate } from './dominance.ts';
import { figureText } from './figure-text.ts';
import type { Trail } from './trail.ts';
import type { TrailFigure } from './trail-figures.ts';

/** Tables of trails that a report holds; every setting of a full factorial has one for each combination of the others. */
const MOST_SHEETS = 24;

/** Trails as tables, the first of them; what is left out is counted in one more. */
export function trailSheetsOf(trails: readonly Trail[]): readonly Sheet[] {
  const left = trails.slice(MOST_SHEETS);
  const sheets = trails.slice(0, MOST_SHEETS).map(trailSheet);
  if (left.length === 0) return sheets;
  const counts = new Map<string, { cells: readonly string[]; count: number }>();
  for (const { workload, guarantee, engine, setting } of left) {
    const cells = [setting, engine, workload, guarantee];
    const key = JSON.stringify(cells);
    counts.set(key, { cells, count: (counts.get(key)?.count ?? 0) + 1 });
  }
  const further: Sheet = {
    title: 'Further trails',
    caption: `The result holds ${left.length} more, each with other settings fixed: not shown.`,
    headers: ['setting', 'engine', 'workload', 'guarantee', 'trails'],
    rows: [...counts.values()].map(({ cells, count }) => [...cells, String(count)]),
  };
  return [...sheets, further];
}

const CAPTION =
  'All other settings equal. In brackets the range that covers the median; a figure without one is of one run. Change: the last value over the first. Apart: whether the ranges of these two have nothing in common; of one run each has none. –: not measured, or not reached before a run ended.';
const UNSTEADY =
  '†: the latency was never steady before the longest warm-up ended, so these are not the figures of a longer run.';

/** A trail as a table, a row a figure, a column a value of the setting. */
function trailSheet(trail: Trail): Sheet {
  const isUnsteady = trail.figures.some(({ values }) => values.some((value) => value?.open === 'worse'));
  const fixed = trail.fixed === '' ? '' : `, with ${trail.fixed}`;
  return {
    title: `${trail.workload}, ${trail.guarantee}: what ${trail.setting} moves on ${trail.engine}${fixed}`,
    caption: `${CAPTION}${isUnsteady ? ` ${UNSTEADY}` : ''}`,
    headers: ['figure', ...trail.values, 'change', 'apart'],
    rows: trail.figures.map(rowOf),
  };
}

function rowOf(figure: TrailFigure): readonly string[] {
  const { title, values } = figure;
  const known = values.filter((value) => value !== null);
  const scale = scaleOf(
    figure,
    known.map(({ estimate }) => estimate.median),
  );
  return [
    scale.unit === '' ? title : `${title}, ${scale.unit}`,
    ...values.map((value) => (value === null ? '–' : figureText(value, scale.format))),
    ...changeOf(values[0] ?? null, values.at(-1) ?? null),
  ];
}

function scaleOf({ unit }: TrailFigure, known: readonly number[]) {
  return unit === 'bytes/s' ? { unit: '', format: bytes } : scaleFor(unit, known);
}

function changeOf(from: Coordinate | null, to: Coordinate | null): readonly [string, string] {
  if (from === null || to === null || from.open === 'better' || to.open === 'better') return ['–', '–'];
  const [first, last] = [from.estimate, to.estimate];
  const change = first.median === 0 ? '–' : `× ${significant(last.median / first.median)}`;
  if (first.count === 1 || last.count === 1) return [change, 'one run'];
  return [change, overlaps(first, last) ? 'no' : 'yes'];
}
