import {
  floorSentence,
  type Group,
  legendOf,
  placedVerdicts,
  type Sheet,
  seriesName,
  sheetsOf,
  summaryOf,
  symmetrySheet,
  type Table,
  type TableRow,
  tablesOf,
} from '../comparison/index.ts';
import { frontiersWithSheets, trailSheets } from '../frontier/index.ts';
import { cleanText } from '../markup/index.ts';
import type { Result } from '../model/index.ts';
import { significant } from '../numbers/index.ts';
import { ratioSheet } from '../real-ratios/index.ts';
import { alignTable, paint, type TextCell, type TextColumn } from './align.ts';

/**
 * The result as text for a terminal: a table a workload, one line a cell; who is ahead at what; stages, searches and kills; the frontier, and what settings move; what was
 * checked and what the figures do not show. Ends with a line break.
 */
export function renderText(result: Result, { colour }: { readonly colour: boolean }): string {
  const tables = tablesOf(result);
  const summary = summaryOf(result);
  const captioned = new Set<string>();
  const rendered = (sheet: Sheet) => {
    const isNew = !captioned.has(sheet.caption);
    captioned.add(sheet.caption);
    return renderSheet(isNew ? sheet : { ...sheet, caption: '' }, colour);
  };
  const blocks = tables.flatMap((table) => [
    [...renderTable(table, colour), ...renderVerdicts(table, colour)],
    ...table.groups.flatMap(sheetsOf).map(rendered),
  ]);
  const sheets = [
    ...frontiersWithSheets(result).map(({ sheet }) => sheet),
    ...trailSheets(result),
    symmetrySheet(result),
    ratioSheet(result),
  ];
  blocks.push(...sheets.filter((sheet) => sheet !== null).map(rendered));
  const notes = tables.flatMap((table) => table.notes.map((note, i) => `[${table.firstNote + i}] ${note}`));
  const closing = [
    ...notes.map((note) => paint(note, 'warn', colour)),
    ...summary.remarks.map((remark) => paint(remark, 'warn', colour)),
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
    { header: ['checks', ''], align: 'left' },
  ];
  const aligned = alignTable(columns, table.rows.flatMap(linesOf), colour);
  const floors = [...new Set(table.groups.flatMap((group) => group.floors).map(floorSentence))];
  return [
    paint(cleanText(table.workload), 'bold', colour) + rateOf(table.groups),
    ...floors.map((floor) => paint(floor, 'dim', colour)),
    ...aligned,
  ];
}

function renderSheet(sheet: Sheet, colour: boolean): readonly string[] {
  const hasUnits = sheet.headers.some((header) => header.includes(', '));
  const columns = sheet.headers.map((header, i): TextColumn => {
    const [title = '', unit] = header.split(', ');
    const lines = [...titleLines(title), ...(hasUnits ? [unit ?? ''] : [])];
    return { header: lines, align: i === 0 ? 'left' : 'right' };
  });
  const rows = sheet.rows.map((cells) =>
    cells.map((text): TextCell => ({ text: cleanText(text, LONGEST_WORDS), paint: 'plain' })),
  );
  return [
    paint(cleanText(sheet.title), 'bold', colour),
    ...(sheet.caption === '' ? [] : [paint(sheet.caption, 'dim', colour)]),
    ...alignTable(columns, rows, colour),
  ];
}

/** Longest text in a cell of a small table. */
const LONGEST_WORDS = 90;

/** At most two lines, so that long titles make no wide columns. */
function titleLines(title: string): readonly string[] {
  const space = title.indexOf(' ');
  return space < 0 ? [title] : [title.slice(0, space), title.slice(space + 1)];
}

/** A row, and under it the ranges of its medians where there are any. */
function linesOf(row: TableRow): readonly (readonly TextCell[])[] {
  const figures: readonly TextCell[] = [
    { text: seriesName(row.figures.cell), paint: 'plain' },
    { text: row.figures.cell.guarantee, paint: 'plain' },
    ...row.cells.map(({ value, text }): TextCell => {
      if (value.kind === 'number') return { text, paint: 'plain' };
      return { text, paint: value.kind === 'refused' ? 'warn' : 'dim' };
    }),
    { text: row.checks.text, paint: row.checks.passed ? 'good' : 'bad' },
  ];
  if (row.cells.every(({ range }) => range === '')) return [figures];
  const blank: TextCell = { text: '', paint: 'plain' };
  return [
    figures,
    [blank, blank, ...row.cells.map(({ range }): TextCell => ({ text: range, paint: 'dim' })), blank],
  ];
}

/** The offered rates, once a workload. */
function rateOf(groups: readonly Group[]): string {
  const rates = groups.flatMap((group) =>
    group.cells.map((cell) => cell.latency.value?.offeredRatePerSecond),
  );
  const known = [...new Set(rates.filter((rate) => rate !== undefined))];
  return known.length > 0 ? `: latency at ${known.map(significant).join(', ')} events/s` : '';
}

function renderVerdicts(table: Table, colour: boolean): readonly string[] {
  return table.groups
    .flatMap(placedVerdicts)
    .map(({ place, subject, sentence, outcome }) =>
      paint(`  ${place}, ${subject}: ${sentence}`, PAINTS[outcome.kind], colour),
    );
}

const PAINTS = { leader: 'plain', even: 'dim', none: 'dim', refused: 'warn' } as const;
