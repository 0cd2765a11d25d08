import { cleanText } from '../markup/index.ts';
import { metric } from '../model/index.ts';
import { scaleFor, withUnit } from '../numbers/index.ts';
import type { History, HistoryEntry } from './history.ts';
import { ENOUGH_RESULTS, type HistoryChange, type HistorySeries } from './history-series.ts';

/**
 * A history as text: a table a cell, a row a result with the changes of level drawn between two rows; then the list of the changes, what they are
 * worth, and the files left out.
 */
export function renderHistoryText(history: History, series: readonly HistorySeries[]): string {
  const tables = [...groupByCell(series).values()].flatMap((group) => [...cellTable(group), '']);
  const left = history.skipped.map(
    ({ path, reason }) => `  ${cleanText(path, 120)}: ${cleanText(reason, 200)}`,
  );
  return [
    `${history.entries.length} results below ${cleanText(history.folder, 120)}`,
    '',
    ...tables,
    ...changeList(series),
    ...(left.length > 0 ? ['', 'Left out:', ...left] : []),
    '',
  ].join('\n');
}

/** `2026-01-02 03:04` of the time of a result. */
function dayOf({ createdAt }: HistoryEntry): string {
  return cleanText(createdAt, 40).slice(0, 16).replace('T', ' ');
}

/** The first characters of a commit, with a plus where the tree had changes; a dash where it is not known. */
function commitOf({ gitCommit, gitDirty }: HistoryEntry): string {
  return gitCommit === null ? '-' : `${cleanText(gitCommit, 40).slice(0, 9)}${gitDirty === true ? '+' : ''}`;
}

/** `-12.9%` */
function changeText({ change }: Pick<HistoryChange, 'change'>): string {
  return Number.isFinite(change) ? `${change >= 0 ? '+' : ''}${(change * 100).toFixed(1)}%` : 'from zero';
}

/** What a series is called: workload, guarantee, cell, offered rate. */
function cellTitle({ of }: HistorySeries): string {
  const rate = of.ratePerSecond === null ? '' : `, ${of.ratePerSecond}/s`;
  return `${cleanText(of.workload, 80)}, ${of.guarantee}: ${cleanText(of.cell, 120)}${rate}`;
}

/** What a change rests on, in a sentence; empty where that is enough. */
function evidenceText({ evidence }: HistoryChange, points: number): string {
  switch (evidence) {
    case 'last point':
      return 'a single last point is weak evidence';
    case 'short series':
      return `${points} results, about ${ENOUGH_RESULTS} are needed to trust it`;
    case 'enough':
      return '';
  }
}

/** Series of one cell on one machine, by what they are called. */
function groupByCell(series: readonly HistorySeries[]): ReadonlyMap<string, readonly HistorySeries[]> {
  const groups = new Map<string, HistorySeries[]>();
  for (const one of series) {
    const key = JSON.stringify([one.fingerprint, cellTitle(one)]);
    const group = groups.get(key) ?? [];
    group.push(one);
    groups.set(key, group);
  }
  return groups;
}

const DOTS = '·····';

function cellTable(series: readonly HistorySeries[]): readonly string[] {
  const [first] = series;
  if (first === undefined) return [];
  const entries = entriesOf(series);
  const columns = series.map((one) => {
    const { title, unit } = metric(one.of.metric);
    const scale = scaleFor(
      unit,
      one.points.map(({ value }) => value),
    );
    return {
      header: scale.unit === '' ? title : `${title}, ${scale.unit}`,
      cells: entries.map((entry) => {
        const point = one.points.find((each) => each.entry === entry);
        return point === undefined ? '-' : scale.format(point.value);
      }),
    };
  });
  const widths = columns.map(({ header, cells }) =>
    Math.max(header.length, ...cells.map(({ length }) => length)),
  );
  const line = (day: string, commit: string, cells: readonly string[]) =>
    `  ${day.padEnd(16)}  ${commit.padEnd(10)}  ${cells.map((cell, i) => cell.padStart(widths[i] ?? 0)).join('  ')}`;
  const rows = entries.flatMap((entry, i) => [
    ...series.flatMap((one) => changesAt(one, entry)),
    line(
      dayOf(entry),
      commitOf(entry),
      columns.map(({ cells }) => cells[i] ?? ''),
    ),
  ]);
  return [
    cellTitle(first),
    `  on ${cleanText(first.fingerprint)}`,
    line(
      'date',
      'commit',
      columns.map(({ header }) => header),
    ),
    ...rows,
  ];
}

/** The results that any series has, the oldest first. */
function entriesOf(series: readonly HistorySeries[]): readonly HistoryEntry[] {
  const entries = new Set(series.flatMap(({ points }) => points.map(({ entry }) => entry)));
  return [...entries].sort((a, b) => (a.createdAt < b.createdAt ? -1 : 1));
}

function changesAt({ of, points, changes }: HistorySeries, entry: HistoryEntry): readonly string[] {
  return changes
    .filter(({ index }) => points[index]?.entry === entry)
    .map((change) => `  ${DOTS}  ${metric(of.metric).title} ${changeText(change)}  ${DOTS}`);
}

function changeList(series: readonly HistorySeries[]): readonly string[] {
  const searched = series.filter(({ isSearched }) => isSearched);
  const unsearched = series.length - searched.length;
  const changes = searched.flatMap((one) => one.changes.map((change) => `  ${changeLine(one, change)}`));
  return [
    changes.length === 0
      ? `No change of level in ${searched.length} series.`
      : 'Changes of level, each at the first result after it (the cause is in a commit near it):',
    ...changes,
    ...(unsearched > 0 ? [`${unsearched} series have too few results to be searched.`] : []),
    `A change is worth little below about ${ENOUGH_RESULTS} results, and least at a single last one. Results of unlike machines or brokers are different series.`,
  ];
}

function changeLine(series: HistorySeries, change: HistoryChange): string {
  const { title, unit } = metric(series.of.metric);
  const entry = series.points[change.index]?.entry;
  const evidence = evidenceText(change, series.points.length);
  return [
    `${cellTitle(series)}: ${title} ${changeText(change)}, ${change.meaning}`,
    ` (${withUnit(unit, change.before)} to ${withUnit(unit, change.after)}, ${probability(change.p)})`,
    entry === undefined ? '' : ` at ${commitOf(entry)} of ${dayOf(entry)}`,
    evidence === '' ? '' : `; ${evidence}`,
  ].join('');
}

/** `p = 0.00040`, `p < 0.0001` */
function probability(p: number): string {
  return p < 0.0001 ? 'p < 0.0001' : `p = ${p.toPrecision(2)}`;
}
