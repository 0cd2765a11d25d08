import { cleanText } from '../markup/index.ts';
import { metric } from '../model/index.ts';
import { scaleFor, withUnit } from '../numbers/index.ts';
import type { History, HistoryEntry } from './history.ts';
import { ENOUGH_RESULTS, type HistoryChange, type HistorySeries } from './history-series.ts';
import {
  cellTitle,
  changeText,
  commitOf,
  dayOf,
  entriesOf,
  evidenceText,
  groupByCell,
  probability,
} from './labels.ts';

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
