import { cleanText } from '../markup/index.ts';
import type { Difference, RegressionReport, RegressionRow, Side } from '../regression/index.ts';
import { VERDICTS } from '../regression/index.ts';
import { outcomeSentence, placeOf, rowWording } from '../regression-wording/index.ts';
import { escapeMarkdown, markdownTable } from './escape.ts';

/** GitHub refuses a comment of more than 65,536 characters; bytes are never fewer than characters. */
const LONGEST_COMMENT_BYTES = 63_000;
const MARKER = '<!-- crosscurrent-comparison -->';
const CHANGED: readonly RegressionRow['verdict'][] = ['regressed', 'improved'];
const LISTED = 10;
const LONGEST_LINE = 200;

/**
 * A comparison as a comment of a pull request: a hidden marker by which the next one replaces it, the verdict, the rows that changed, and all rows
 * folded. Under 64,000 characters: rows that do not fit are left out from the end, and how many is said.
 */
export function renderRegressionMarkdown(report: RegressionReport): string {
  return regressionMarkdown(report, LONGEST_COMMENT_BYTES);
}

/** The same within another limit, in bytes of UTF-8. What stands before the tables takes less than 50,000. */
export function regressionMarkdown(report: RegressionReport, longestBytes: number): string {
  const changed = report.rows.filter(({ verdict }) => CHANGED.includes(verdict));
  const head = [MARKER, ...headOf(report)].join('\n\n');
  const half = (longestBytes - Buffer.byteLength(head)) / 2;
  const changedTable = rowsTable(changed, half);
  const left = longestBytes - Buffer.byteLength(head) - Buffer.byteLength(changedTable);
  const folded = (body: string) =>
    `<details><summary>All ${report.rows.length} rows</summary>\n\n${body}\n\n</details>`;
  const blocks = [head, changedTable, folded(rowsTable(report.rows, left - ROOM_FOR_NOTES))];
  return `${blocks.filter((block) => block !== '').join('\n\n')}\n`;
}

const ROOM_FOR_NOTES = 500;

function headOf(report: RegressionReport): readonly string[] {
  const { base, head, counts, tests, alpha, remarks, differences, cellDifferences } = report;
  const counted = VERDICTS.flatMap((verdict) => (counts[verdict] ? [`${counts[verdict]} ${verdict}`] : []));
  const lists = [
    [sideLine('base', base), sideLine('head', head)],
    head.wrong.map((wrong) => `wrong output in head: ${wrong}`),
    base.wrong.map((wrong) => `wrong output in base: ${wrong}`),
    differences.map((row) => `not comparable, machine or broker differ: ${differenceText(row)}`),
    cellDifferences.map(
      (cell) => `not comparable: ${placeOf(cell)}: ${cell.rows.map(differenceText).join('; ')}`,
    ),
    remarks,
  ];
  return [
    `**${escapeMarkdown(outcomeSentence(report))}** ${counted.join(', ')}.`,
    ...lists.filter((lines) => lines.length > 0).map(bulletList),
    `Medians over runs; change of head against base with its 95 % interval; exact Mann-Whitney, Holm over ${tests} tests, level ${alpha}.`,
  ];
}

function bulletList(lines: readonly string[]): string {
  const items = lines.slice(0, LISTED).map((line) => `- ${escapeMarkdown(cleanText(line, LONGEST_LINE))}`);
  if (lines.length > LISTED) items.push(`- and ${lines.length - LISTED} more`);
  return items.join('\n');
}

function sideLine(label: string, { name, gitCommit, gitDirty, passedRuns, refusedRuns }: Side): string {
  const commit =
    gitCommit === null ? '' : `, commit ${gitCommit.slice(0, 12)}${gitDirty ? ' with changes' : ''}`;
  return `${label}: ${name.slice(0, 200)}${commit}, ${passedRuns} runs passed, ${refusedRuns} not`;
}

const differenceText = ({ name, base, head }: Difference): string =>
  [name, base, head].map((text) => text.slice(0, 60)).join(' | ');

const HEADERS = [
  'where',
  'metric',
  'base',
  'head',
  'change, 95 % interval',
  'limit',
  'runs',
  'verdict',
  'why',
];

/** As many rows as fit, with a note of those that do not; empty without rows. */
function rowsTable(rows: readonly RegressionRow[], longestBytes: number): string {
  if (rows.length === 0) return '';
  const table = [HEADERS, HEADERS.map((_, i) => (i > 1 && i < 7 ? '--:' : '---'))].map((row) => [...row]);
  let bytes = Buffer.byteLength(markdownTable(table));
  let shown = 0;
  for (const row of rows) {
    const wording = rowWording(row);
    const { place, metric, base, head, change, limit, runs, verdict, sentence } = wording;
    const cells = [place, metric, base, head, change, limit, runs, verdict, sentence].map(escapeMarkdown);
    bytes += Buffer.byteLength(markdownTable([cells])) + 1;
    if (bytes > longestBytes) break;
    table.push(cells);
    shown++;
  }
  const note = `\n\n**Truncated:** ${rows.length - shown} of ${rows.length} rows are left out. The JSON output holds all.`;
  return `${markdownTable(table)}${shown < rows.length ? note : ''}`;
}
