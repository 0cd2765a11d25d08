import type { Result } from '../model/index.ts';
import { type Metric, metric } from '../model/index.ts';
import { scaleFor, significant } from '../numbers/index.ts';
import { type CellFigures, DRIVER_BOUND_SHARE } from './figures.ts';
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
  /** Range that covers the median of several runs or kills: `4.9–5.4`; empty without one. */
  readonly range: string;
}

export interface TableRow {
  readonly figures: CellFigures;
  readonly cells: readonly TableCell[];
  /** `3/3 passed`, or what went wrong; refused attempts; whether the driver was the limit; whether the latency was never steady. */
  readonly checks: { readonly text: string; readonly passed: boolean };
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

/** Marks of one cell of the table; of more the first and the last stand. */
const MOST_MARKS = 2;

function tableOf(workload: string, groups: readonly Group[], firstNote: number): Table {
  const cells = groups.flatMap((group) => group.cells);
  const notes: string[] = [];
  const noteNumber = (reason: string) => {
    if (!notes.includes(reason)) notes.push(reason);
    return firstNote + notes.indexOf(reason);
  };
  const marksOf = (reasons: readonly string[]) => {
    const marks = [...new Set(reasons.map(noteNumber))].map((number) => `[${number}]`);
    return marks.length > MOST_MARKS ? `${marks[0]}…${marks.at(-1)}` : marks.join('');
  };
  const columns = TABLE_METRICS.map((id) => {
    const values = cells.map((figures) => metricValue(figures, id));
    return { metric: metric(id), values, scale: scaleFor(metric(id).unit, values.flatMap(numberOf)) };
  }).filter(({ values }) => values.some((value) => value.kind !== 'absent'));
  const rows = cells.map((figures, row): TableRow => {
    const shown = columns.map(({ values, scale }): TableCell => {
      const value = values[row] ?? { kind: 'absent' };
      if (value.kind === 'refused') return { value, text: marksOf(value.reasons), range: '' };
      return { value, text: textOf(value, scale.format), range: rangeOf(value, scale.format) };
    });
    return { figures, cells: shown, checks: checksOf(figures, marksOf) };
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

function numberOf(value: Value): readonly number[] {
  return value.kind === 'number' || value.kind === 'at least' ? [value.value] : [];
}

function rangeOf(value: Value, format: (value: number) => string): string {
  if (value.kind !== 'number' || value.interval === null) return '';
  return `${format(value.interval.low)}–${format(value.interval.high)}`;
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
    case 'at least':
      return `≥${format(value.value)}`;
    case 'no rate':
      return 'none';
    case 'refused':
    case 'absent':
      return '–';
  }
}

function checksOf(figures: CellFigures, marksOf: (reasons: readonly string[]) => string): TableRow['checks'] {
  const readings = [figures.latency, figures.drain, figures.recovery, figures.sustain];
  const oracle = oracleOf(figures);
  // Reasons of readings without a value stand as marks in the place of figures already.
  const refused = readings.filter(({ value }) => value !== null).flatMap(({ refusals }) => refusals);
  const share = Math.max(...readings.map(({ driverBoundShare }) => driverBoundShare ?? 0));
  readings.forEach(({ refusals }) => {
    marksOf(refusals);
  });
  const text = [
    oracle.text,
    refused.length === 0 ? null : `${refused.length} refused ${marksOf(refused)}`,
    share === 0 ? null : `driver-bound (${Math.round(share * 100)} %)`,
    figures.latency.value?.neverSteady === true ? 'never steady' : null,
  ];
  return { text: text.filter((part) => part !== null).join(', '), passed: oracle.passed };
}

function oracleOf({ oracle }: CellFigures): TableRow['checks'] {
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
    kinds.has('at least')
      ? '≥: the search ended at the driver or at the end of its range, so the engine may do more; not ranked.'
      : null,
    kinds.has('no rate') ? 'none: not even the lowest rate of the search held.' : null,
    kinds.has('absent') ? '–: not measured.' : null,
    rangesOf(tables),
    driverBound(tables)
      ? `driver-bound (share of the ceiling): above ${DRIVER_BOUND_SHARE * 100} % of the rate that generator, broker and observer pass with no engine; not ranked.`
      : null,
    tables.some((table) => table.rows.some(({ figures }) => figures.latency.value?.neverSteady === true))
      ? 'never steady: when the longest warm-up ended, the latency still changed or a backlog was left (RUN_NEVER_STEADY): latency and CPU at the offered rate are not those of a longer run.'
      : null,
  ].filter((line) => line !== null);
}

const driverBound = (tables: readonly Table[]) =>
  tables.some((table) =>
    table.rows.some(({ figures }) =>
      [figures.latency, figures.recovery].some(({ driverBoundShare }) => driverBoundShare !== null),
    ),
  );

/** What a range of repetitions is, with the coverage that the fewest of them have. */
function rangesOf(tables: readonly Table[]): string | null {
  const coverages = tables.flatMap((table) =>
    table.rows.flatMap((row) =>
      row.cells.flatMap(({ value }) =>
        value.kind === 'number' && value.interval !== null ? [value.interval.coverage] : [],
      ),
    ),
  );
  if (coverages.length === 0) return null;
  const least = Math.min(...coverages);
  const sure =
    least >= 0.95 ? 'with at least 95 %' : `with ${significant(least * 100)} % or more (95 % needs six)`;
  return `a–b: of several runs, or of the kills, the figure is the median, and this range covers it ${sure}; exact order statistics.`;
}
