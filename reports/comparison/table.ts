import type { Result } from '../model/index.ts';
import { type Metric, metric } from '../model/index.ts';
import { scaleFor, significant } from '../numbers/index.ts';
import type { CellFigures } from './figures.ts';
import { type Group, groupsOf } from './group.ts';
import { metricValue, TABLE_METRICS, type Value } from './value.ts';

/** One column of the comparison table, in one unit. */
interface TableColumn {
  readonly metric: Metric;
  readonly unit: string;
}

interface TableCell {
  readonly value: Value;
  /** The number, or a short mark in its place: `few`, `never`, `–`, or the numbers of notes in brackets. */
  readonly text: string;
}

export interface TableRow {
  readonly figures: CellFigures;
  readonly cells: readonly TableCell[];
  /** `3/3 passed`, or what went wrong. */
  readonly oracle: { readonly text: string; readonly passed: boolean };
}

/** All cells of a workload, over both guarantees, with the notes that its marks point to. */
export interface Table {
  readonly workload: string;
  readonly columns: readonly TableColumn[];
  readonly rows: readonly TableRow[];
  readonly groups: readonly Group[];
  /** Reasons of refused runs, in the order of their numbers; numbering starts at `firstNote`. */
  readonly notes: readonly string[];
  readonly firstNote: number;
}

/** The comparison tables of a result, one a workload. Notes are numbered through. */
export function tablesOf(result: Result): readonly Table[] {
  const groups = groupsOf(result);
  const tables: Table[] = [];
  let firstNote = 1;
  for (const workload of new Set(groups.map((group) => group.workload))) {
    const table = tableOf(
      workload,
      groups.filter((group) => group.workload === workload),
      firstNote,
    );
    firstNote += table.notes.length;
    tables.push(table);
  }
  return tables;
}

function tableOf(workload: string, groups: readonly Group[], firstNote: number): Table {
  const cells = groups.flatMap((group) => group.cells);
  const notes: string[] = [];
  const noteNumber = (reason: string) => {
    if (!notes.includes(reason)) notes.push(reason);
    return firstNote + notes.indexOf(reason);
  };
  const columns = TABLE_METRICS.map((id) => {
    const values = cells.map((figures) => metricValue(figures, id));
    const numbers = values.flatMap((value) => (value.kind === 'number' ? [value.value] : []));
    return { metric: metric(id), values, scale: scaleFor(metric(id).unit, numbers) };
  });
  const rows = cells.map((figures, row): TableRow => {
    const shown = columns.map(({ values, scale }): TableCell => {
      const value = values[row] ?? { kind: 'absent' };
      if (value.kind === 'refused') {
        return { value, text: value.reasons.map((reason) => `[${noteNumber(reason)}]`).join('') };
      }
      return { value, text: textOf(value, scale.format) };
    });
    // A refused recovery run beside a passed one changes no number, but the reader must know of it.
    for (const reading of [figures.latency, figures.drain, figures.recovery])
      reading.refusals.forEach(noteNumber);
    return { figures, cells: shown, oracle: oracleOf(figures) };
  });
  return {
    workload,
    columns: columns.map(({ metric: of, scale }) => ({ metric: of, unit: scale.unit })),
    rows,
    groups,
    notes,
    firstNote,
  };
}

function textOf(value: Value, format: (value: number) => string): string {
  switch (value.kind) {
    case 'number':
      return format(value.value);
    case 'few samples':
      return 'few';
    case 'above':
      return `>${significant(value.limit / 1e6)} s`;
    case 'never':
      return 'never';
    case 'refused':
    case 'absent':
      return '–';
  }
}

function oracleOf({ oracle }: CellFigures): TableRow['oracle'] {
  const runs = oracle.passed + oracle.failed + oracle.unchecked;
  if (oracle.passed === runs) return { text: `${runs}/${runs} passed`, passed: runs > 0 };
  const failed = oracle.failed > 0 ? `${oracle.failed}/${runs} FAILED` : null;
  const unchecked = oracle.unchecked > 0 ? `${oracle.unchecked}/${runs} not checked` : null;
  return { text: [failed, unchecked].filter((part) => part !== null).join(', '), passed: false };
}

/** What the marks in the tables mean, as far as they occur. */
export function legendOf(tables: readonly Table[]): readonly string[] {
  const kinds = new Set(
    tables.flatMap((table) => table.rows.flatMap((row) => row.cells.map((cell) => cell.value.kind))),
  );
  return [
    kinds.has('few samples')
      ? 'few: fewer than ten samples lie beyond this percentile, so it is not printed.'
      : null,
    kinds.has('never') ? 'never: not reached before the run ended, after at least one of the kills.' : null,
    kinds.has('absent') ? '–: not measured.' : null,
  ].filter((line) => line !== null);
}
