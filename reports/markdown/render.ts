import {
  floorSentence,
  legendOf,
  placedVerdicts,
  type Sheet,
  seriesName,
  sheetsOf,
  summaryOf,
  symmetrySheet,
  type Table,
  tablesOf,
} from '../comparison/index.ts';
import { frontiersWithSheets, trailSheets } from '../frontier/index.ts';
import type { Result } from '../model/index.ts';
import { significant } from '../numbers/index.ts';
import { ratioSheet } from '../real-ratios/index.ts';
import { escapeCaption, escapeMarkdown, markdownTable } from './escape.ts';

/** The result as a summary in Markdown for a README or a pull request. Ends with a line break. */
export function renderMarkdown(result: Result): string {
  const tables = tablesOf(result);
  const summary = summaryOf(result);
  const notes = tables.flatMap((table) =>
    table.notes.map((note, i) => `- \\[${table.firstNote + i}\\] ${escapeMarkdown(note)}`),
  );
  const ratios = ratioSheet(result);
  const symmetry = symmetrySheet(result);
  const blocks = [
    `**${escapeMarkdown(summary.verdict)}**`,
    ...tables.flatMap(renderTable),
    ...frontiersWithSheets(result).map(({ sheet }) => renderSheet(sheet)),
    ...trailSheets(result).map(renderSheet),
    ...(ratios === null ? [] : [`### ${escapeMarkdown(ratios.title)}`, renderSheetBody(ratios)]),
    ...(symmetry === null ? [] : [renderSheet(symmetry)]),
    [...notes, ...legendOf(tables).map((line) => `- ${escapeMarkdown(line)}`)].join('\n'),
    summary.remarks.map((remark) => `- ${escapeMarkdown(remark)}`).join('\n'),
    summary.limits.map((limit) => `- ${escapeMarkdown(limit)}`).join('\n'),
    `<details><summary>Where and how</summary>\n\n${provenanceOf(result).join('\n')}\n\n</details>`,
  ];
  return `${blocks.filter((block) => block !== '').join('\n\n')}\n`;
}

function renderTable(table: Table): readonly string[] {
  const headers = table.columns.map(({ metric, unit }) =>
    escapeMarkdown(unit === '' ? metric.title : `${metric.title}, ${unit}`),
  );
  const rows = table.rows.map((row) => [
    escapeMarkdown(seriesName(row.figures.cell)),
    row.figures.cell.guarantee,
    ...row.cells.map(({ text, range }) => escapeMarkdown(range === '' ? text : `${text} (${range})`)),
    escapeMarkdown(row.checks.text),
  ]);
  const aligns = ['---', '---', ...headers.map(() => '--:'), '---'];
  const verdicts = table.groups
    .flatMap(placedVerdicts)
    .map(({ place, subject, sentence }) => `- ${escapeMarkdown(`${place}, ${subject}: ${sentence}`)}`);
  const floors = [...new Set(table.groups.flatMap((group) => group.floors).map(floorSentence))];
  return [
    `### ${escapeMarkdown(table.workload)}${rateOf(table)}`,
    floors.map((floor) => `- ${escapeMarkdown(floor)}`).join('\n'),
    markdownTable([['engine', 'guarantee', ...headers, 'checks'], aligns, ...rows]),
    verdicts.join('\n'),
    ...table.groups.flatMap(sheetsOf).map(renderSheet),
  ];
}

/** A small table, folded: a summary stays short. */
function renderSheet(sheet: Sheet): string {
  return `<details><summary>${escapeMarkdown(sheet.title)}</summary>\n\n${renderSheetBody(sheet)}\n\n</details>`;
}

/** The caption and the table of a sheet. */
export function renderSheetBody(sheet: Sheet): string {
  const table = markdownTable([
    sheet.headers.map(escapeMarkdown),
    sheet.headers.map((_, i) => (i === 0 ? '---' : '--:')),
    ...sheet.rows.map((cells) => cells.map(escapeMarkdown)),
  ]);
  return `${escapeCaption(sheet.caption)}\n\n${table}`;
}

function rateOf(table: Table): string {
  const rates = table.rows.map((row) => row.figures.latency.value?.offeredRatePerSecond);
  const known = [...new Set(rates.filter((rate) => rate !== undefined))];
  return known.length === 0 ? '' : `, latency at ${known.map(significant).join(', ')} events/s`;
}

function provenanceOf(result: Result): readonly string[] {
  const { tool, machine, broker } = result;
  const commit =
    tool.gitCommit === null ? 'no commit' : `commit ${tool.gitCommit}${tool.gitDirty ? ' with changes' : ''}`;
  return [
    `command: ${result.command.join(' ')}`,
    `seed ${result.seed}, ${result.createdAt}, Crosscurrent ${tool.version} (${commit})`,
    `${machine.cpuModel}, ${machine.cores} cores, ${machine.memoryMb} MiB, ${machine.os}, Node ${machine.nodeVersion}, Java ${machine.javaVersion ?? 'none'}`,
    `broker: ${broker.description}`,
  ].map((line) => `- ${escapeMarkdown(line)}`);
}
