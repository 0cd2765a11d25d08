import { cleanText } from '../markup/index.ts';
import { sharePercent } from '../numbers/index.ts';
import {
  type Difference,
  type RegressionReport,
  type RegressionRow,
  type Sample,
  type Side,
  VERDICTS,
} from '../regression/index.ts';
import {
  isFailure,
  outcomeSentence,
  placeOf,
  rowWording,
  signedPercent,
} from '../regression-wording/index.ts';
import { alignTable, type Paint, paint, type TextCell } from './align.ts';

/**
 * A comparison as text for a terminal, in the density of benchstat (golang.org/x/perf): a block a workload and guarantee, a line a metric
 * of a cell; then the counts, a sentence for every verdict but `unchanged`, what differs between the machines, and the outcome. `~` stands
 * for a difference that is not significant. Ends with a line break.
 */
export function renderRegressionText(
  report: RegressionReport,
  { colour }: { readonly colour: boolean },
): string {
  const sections = [
    headOf(report),
    ...blocksOf(report, colour),
    [countsOf(report), ...sentencesOf(report, colour)],
    differencesOf(report),
    report.remarks.map((remark) => paint(cleanText(remark), 'warn', colour)),
    [...wrongOf(report, colour), outcomeOf(report, colour)],
  ];
  return `${sections
    .filter((lines) => lines.length > 0)
    .map((lines) => lines.join('\n'))
    .join('\n\n')}\n`;
}

const plain = (text: string): TextCell => ({ text, paint: 'plain' });

function headOf({ base, head, alpha, tests }: RegressionReport): readonly string[] {
  const side = (label: string, { name, gitCommit, gitDirty, results, passedRuns, refusedRuns }: Side) =>
    [
      label,
      cleanText(name, LONGEST_NAME),
      gitCommit === null ? '' : `${cleanText(gitCommit.slice(0, 12))}${gitDirty ? ' + changes' : ''}`,
      counted(results, 'result'),
      `${counted(passedRuns, 'run')} passed${refusedRuns > 0 ? `, ${refusedRuns} not` : ''}`,
    ].map(plain);
  return [
    ...alignTable(
      Array.from({ length: 5 }, () => ({ header: [], align: 'left' })),
      [side('base', base), side('head', head)],
      false,
    ),
    `medians over runs ± 95 %; change is head against base; p from Mann-Whitney, after Holm over ${counted(tests, 'test')}; level ${alpha}`,
  ];
}

const LONGEST_NAME = 60;

function blocksOf(report: RegressionReport, colour: boolean): readonly (readonly string[])[] {
  const blocks = Map.groupBy(report.rows, ({ workload, guarantee }) => JSON.stringify([workload, guarantee]));
  return [...blocks.values()].map((rows) => {
    const [first] = rows;
    const title = `${cleanText(first?.workload ?? '')}, ${cleanText(first?.guarantee ?? '')}`;
    const lines = rows.map((row, i) => lineOf(row, row.cell === rows[i - 1]?.cell, report.alpha));
    return [paint(title, 'bold', colour), ...alignTable(COLUMNS, lines, colour)];
  });
}

const COLUMNS = [
  { header: ['cell'], align: 'left' },
  { header: ['metric'], align: 'left' },
  { header: ['base'], align: 'right' },
  { header: [''], align: 'left' },
  { header: ['head'], align: 'right' },
  { header: [''], align: 'left' },
  { header: ['change [95 % CI]'], align: 'left' },
  { header: ['verdict'], align: 'left' },
  { header: ['p'], align: 'right' },
  { header: ['n'], align: 'right' },
  { header: ['limit'], align: 'right' },
] as const;

function lineOf(row: RegressionRow, sameCell: boolean, alpha: number): readonly TextCell[] {
  const wording = rowWording(row);
  return [
    plain(sameCell ? '' : cleanText(row.cell, LONGEST_NAME)),
    plain(wording.metric),
    ...sampleCells(wording.base, row.base),
    ...sampleCells(wording.head, row.head),
    plain(changeOf(row, alpha)),
    { text: isFailure(row) ? capital(wording.verdict) : wording.verdict, paint: PAINTS[row.verdict] },
    { text: row.pHolm === null ? '' : probability(row.pHolm), paint: 'dim' },
    { text: runsOf(row), paint: 'dim' },
    { text: wording.limit, paint: 'dim' },
  ];
}

/** Median and half-width. An interval that this few runs cannot give is infinite. */
function sampleCells(wording: string, sample: Sample | null): readonly [TextCell, TextCell] {
  if (sample === null) return [{ text: wording, paint: 'dim' }, plain('')];
  const { median, interval } = sample;
  const width = interval === null ? Infinity : Math.max(interval.high - median, median - interval.low);
  const spread = Number.isFinite(width) && median !== 0 ? sharePercent(width / Math.abs(median)) : '∞';
  return [plain(wording), { text: `±${spread}`, paint: 'dim' }];
}

/** The first word, up to its comma or colon, in capitals. */
const capital = (text: string): string => text.replace(/^[^,:]+/, (word) => word.toUpperCase());

function changeOf({ ratio, pHolm, verdict }: RegressionRow, alpha: number): string {
  if (ratio === null) return '';
  const interval = `[${signedPercent(ratio.low)}, ${signedPercent(ratio.high)}]`;
  switch (verdict) {
    case 'regressed':
    case 'improved':
    case 'unchanged':
    case 'within noise':
      return `${pHolm !== null && pHolm < alpha ? signedPercent(ratio.value) : '~'} ${interval}`;
    // Too few runs, or unlike things: an interval would promise what is not known.
    case 'inconclusive':
    case 'not comparable':
    case 'missing':
    case 'new':
      return `(${signedPercent(ratio.value)})`;
    default:
      return verdict satisfies never;
  }
}

const probability = (p: number): string => (p < 0.001 ? '<0.001' : p.toFixed(3));

function runsOf({ base, head }: RegressionRow): string {
  const [left, right] = [base?.values.length ?? 0, head?.values.length ?? 0];
  return left === right ? String(left) : `${left}+${right}`;
}

const PAINTS: Readonly<Record<RegressionRow['verdict'], Paint>> = {
  regressed: 'bad',
  improved: 'good',
  unchanged: 'plain',
  'within noise': 'dim',
  inconclusive: 'warn',
  'not comparable': 'warn',
  missing: 'warn',
  new: 'warn',
};

function countsOf({ counts }: RegressionReport): string {
  return VERDICTS.map((verdict) => `${counts[verdict] ?? 0} ${verdict}`).join(' · ');
}

/** One line a sentence, worst first; rows of which the same is said share a line. */
function sentencesOf({ rows }: RegressionReport, colour: boolean): readonly string[] {
  const told = VERDICTS.filter((verdict) => verdict !== 'unchanged').flatMap((verdict) =>
    rows.filter((row) => row.verdict === verdict),
  );
  const bySentence = Map.groupBy(told, ({ verdict, sentence }) => JSON.stringify([verdict, sentence]));
  return [...bySentence.values()].flatMap((alike) => {
    const [first] = alike;
    if (first === undefined) return [];
    const { place, metric: title, sentence } = rowWording(first);
    const others = alike.length > 1 ? ` and ${counted(alike.length - 1, 'more row')}` : '';
    return [paint(`  ${place}, ${title}${others}: ${sentence}`, PAINTS[first.verdict], colour)];
  });
}

function differencesOf({ differences, cellDifferences }: RegressionReport): readonly string[] {
  return [
    ...differenceTable('not comparable: machine or broker differ', differences),
    ...cellDifferences.flatMap((cell) => differenceTable(`not comparable: ${placeOf(cell)}`, cell.rows)),
  ];
}

function differenceTable(title: string, rows: readonly Difference[]): readonly string[] {
  if (rows.length === 0) return [];
  const table = alignTable(
    [
      { header: ['  row'], align: 'left' },
      { header: ['base'], align: 'left' },
      { header: ['head'], align: 'left' },
    ],
    rows.map(({ name, base, head }) =>
      [
        `  ${cleanText(name, LONGEST_NAME)}`,
        cleanText(base, LONGEST_NAME),
        cleanText(head, LONGEST_NAME),
      ].map(plain),
    ),
    false,
  );
  return [title, ...table];
}

function wrongOf({ base, head }: RegressionReport, colour: boolean): readonly string[] {
  return [
    ...base.wrong.map((wrong) => `wrong output in base: ${cleanText(wrong)}`),
    ...head.wrong.map((wrong) => `wrong output in head: ${cleanText(wrong)}`),
  ].map((line) => paint(line, 'bad', colour));
}

function outcomeOf(report: RegressionReport, colour: boolean): string {
  return paint(capital(outcomeSentence(report)), OUTCOME_PAINTS[report.outcome], colour);
}

const OUTCOME_PAINTS: Readonly<Record<RegressionReport['outcome'], Paint>> = {
  wrong: 'bad',
  regressed: 'bad',
  inconclusive: 'warn',
  ok: 'good',
};

const counted = (count: number, noun: string): string => `${count} ${noun}${count === 1 ? '' : 's'}`;
