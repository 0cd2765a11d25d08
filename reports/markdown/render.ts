import { legendOf, seriesName, summaryOf, type Table, tablesOf, verdictsOf } from '../comparison/index.ts';
import { cleanText } from '../markup/index.ts';
import type { Result } from '../model/index.ts';
import { significant, withUnit } from '../numbers/index.ts';

/** The result as a summary in Markdown for a README or a pull request. Ends with a line break. */
export function renderMarkdown(result: Result): string {
  const tables = tablesOf(result);
  const summary = summaryOf(result);
  const notes = tables.flatMap((table) =>
    table.notes.map((note, i) => `- \\[${table.firstNote + i}\\] ${escapeMarkdown(note)}`),
  );
  const blocks = [
    `**${escapeMarkdown(summary.verdict)}**`,
    ...tables.flatMap(renderTable),
    [...notes, ...legendOf(tables).map((line) => `- ${escapeMarkdown(line)}`)].join('\n'),
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
    ...row.cells.map((cell) => escapeMarkdown(cell.text)),
    escapeMarkdown(row.oracle.text),
  ]);
  const lines = [
    ['engine', 'guarantee', ...headers, 'oracle'],
    ['---', '---', ...headers.map(() => '--:'), '---'],
    ...rows,
  ].map((cells) => `| ${cells.join(' | ')} |`);
  const verdicts = table.groups.flatMap((group) =>
    group.cells.length < 2
      ? []
      : verdictsOf(group).map(
          ({ subject, sentence }) => `- ${group.guarantee}, ${subject}: ${escapeMarkdown(sentence)}`,
        ),
  );
  return [`### ${escapeMarkdown(table.workload)}${rateOf(table)}`, lines.join('\n'), verdicts.join('\n')];
}

function rateOf(table: Table): string {
  const rates = table.rows.map((row) => row.figures.latency.value?.offeredRatePerSecond);
  const [rate] = rates.filter((known) => known !== undefined);
  const floor = table.groups.find((group) => group.floor !== null)?.floor?.latency;
  const without = floor?.p99 == null ? '' : `, floor without an engine p99 ${withUnit('us', floor.p99)}`;
  return rate === undefined ? '' : `, latency at ${significant(rate)} events/s${without}`;
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

/** Text from a result that can neither break a table nor start a link, an image, a mention or markup. */
function escapeMarkdown(text: string): string {
  return cleanText(text)
    .replaceAll(/[\\`*_{}[\]<>|~#!]/g, (character) => `\\${character}`)
    .replaceAll('@', '@\u200b')
    .replaceAll('://', ':\u200b//');
}
