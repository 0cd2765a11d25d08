import {
  type Group,
  legendOf,
  seriesName,
  summaryOf,
  type Table,
  type TableRow,
  tablesOf,
  verdictsOf,
} from '../comparison/index.ts';
import type { Result } from '../model/index.ts';
import { significant, withUnit } from '../numbers/index.ts';
import { alignTable, paint, type TextCell, type TextColumn } from './align.ts';

/**
 * The result as text for a terminal: a table a workload, one line a cell; who is ahead at what; what was checked and what the
 * figures do not show. Ends with a line break.
 */
export function renderText(result: Result, { colour }: { readonly colour: boolean }): string {
  const tables = tablesOf(result);
  const summary = summaryOf(result);
  const blocks = tables.map((table) => [...renderTable(table, colour), ...renderVerdicts(table, colour)]);
  const notes = tables.flatMap((table) => table.notes.map((note, i) => `[${table.firstNote + i}] ${note}`));
  const closing = [
    ...notes.map((note) => paint(note, 'warn', colour)),
    ...legendOf(tables),
    paint(summary.verdict, summary.passed ? 'good' : 'bad', colour),
    ...summary.limits,
  ];
  return `${[...blocks, closing].map((lines) => lines.join('\n')).join('\n\n')}\n`;
}

function renderTable(table: Table, colour: boolean): readonly string[] {
  const columns: readonly TextColumn[] = [
    { header: ['engine'], align: 'left' },
    { header: ['guarantee'], align: 'left' },
    ...table.columns.map(
      (column): TextColumn => ({ header: [...titleLines(column.metric.title), column.unit], align: 'right' }),
    ),
    { header: ['oracle', ''], align: 'left' },
  ];
  const aligned = alignTable(columns, table.rows.map(cellsOf), colour);
  return [paint(table.workload, 'bold', colour) + settingOf(table.groups), ...aligned];
}

/** At most two lines, so that long titles make no wide columns. */
function titleLines(title: string): readonly string[] {
  const space = title.indexOf(' ');
  return space < 0 ? [title] : [title.slice(0, space), title.slice(space + 1)];
}

function cellsOf(row: TableRow): readonly TextCell[] {
  return [
    { text: seriesName(row.figures.cell), paint: 'plain' },
    { text: row.figures.cell.guarantee, paint: 'plain' },
    ...row.cells.map(({ value, text }): TextCell => {
      if (value.kind === 'number') return { text, paint: 'plain' };
      return { text, paint: value.kind === 'refused' ? 'warn' : 'dim' };
    }),
    { text: row.oracle.text, paint: row.oracle.passed ? 'good' : 'bad' },
  ];
}

/** The offered rate and the floor, once a workload: they are the same for all its cells. */
function settingOf(groups: readonly Group[]): string {
  const rates = groups.flatMap((group) =>
    group.cells.map((cell) => cell.latency.value?.offeredRatePerSecond),
  );
  const known = [...new Set(rates.filter((rate) => rate !== undefined))];
  const floor = groups.find((group) => group.floor !== null)?.floor;
  const parts = [
    known.length > 0 ? `latency at ${known.map(significant).join(', ')} events/s` : null,
    floor?.latency.p50 != null && floor.latency.p99 != null
      ? `floor without an engine: p50 ${withUnit('us', floor.latency.p50)}, p99 ${withUnit('us', floor.latency.p99)}`
      : null,
  ].filter((part) => part !== null);
  return parts.length === 0 ? '' : `: ${parts.join('; ')}`;
}

function renderVerdicts(table: Table, colour: boolean): readonly string[] {
  return table.groups.flatMap((group) => {
    const verdicts = group.cells.length < 2 ? [] : verdictsOf(group);
    return verdicts.map(({ subject, sentence, outcome }) =>
      paint(
        `  ${group.guarantee}, ${subject}: ${sentence}`,
        outcome.kind === 'leader' ? 'plain' : 'dim',
        colour,
      ),
    );
  });
}
