import { cleanText, html, type Markup } from '../markup/index.ts';
import type { Result } from '../model/index.ts';
import { significant } from '../numbers/index.ts';

/** Where the figures come from: seed, commit, machine, broker; and badges for what may have disturbed them. */
export function runCard(result: Result): Markup {
  const { tool, machine, broker } = result;
  const commit =
    tool.gitCommit === null
      ? 'no commit known'
      : `commit ${tool.gitCommit}${tool.gitDirty === true ? ' with uncommitted changes' : ''}`;
  const facts: readonly (readonly [string, string])[] = [
    ['command', result.command.join(' ')],
    ['seed', String(result.seed)],
    ['made', `${result.createdAt}, Crosscurrent ${tool.version}, ${commit}`],
    [
      'machine',
      `${machine.cpuModel}, ${machine.cores} cores, ${machine.memoryMb} MiB, ${machine.os}, load ${significant(machine.loadAverage1m)} over the minute before`,
    ],
    ['runtimes', `Node ${machine.nodeVersion}, Java ${machine.javaVersion ?? 'none'}`],
    [
      'broker',
      `${broker.description}${broker.kafkaVersion === null ? '' : `, Kafka ${broker.kafkaVersion}`}${broker.heapMb === null ? '' : `, heap ${broker.heapMb} MiB`}`,
    ],
  ];
  const badges = badgesOf(result);
  return html`<section class="keep" aria-labelledby="run"><h2 id="run">Where and how</h2>${
    badges.length === 0
      ? null
      : html`<p>${badges.map((badge) => html`<span class="badge">⚠ ${badge}</span>`)}</p>`
  }<dl class="facts">${facts.map(([term, text]) => html`<dt>${term}</dt><dd>${cleanText(text)}</dd>`)}</dl></section>`;
}

/** A measured span below this is called short. */
const SHORT_MS = 10_000;

function badgesOf(result: Result): readonly string[] {
  const runs = result.cells.flatMap((cell) => cell.runs);
  const warnings = runs.flatMap((run) => run.remarks).filter((remark) => remark.level === 'warning').length;
  const short = runs.some(
    (run) => run.kind === 'latency' && run.figures !== null && run.figures.measuredMs < SHORT_MS,
  );
  return [
    result.broker.comparable ? null : 'no broker: not comparable with Kafka runs',
    result.machine.loadAverage1m > result.machine.cores / 2
      ? `the machine was loaded before the start (${significant(result.machine.loadAverage1m)} on ${result.machine.cores} cores)`
      : null,
    short ? `a latency run measured less than ${SHORT_MS / 1_000} s` : null,
    result.tool.gitDirty === true ? 'uncommitted changes in the code' : null,
    result.status === 'interrupted' ? 'interrupted' : null,
    warnings > 0 ? `${warnings} warnings, listed under Runs` : null,
  ].filter((badge) => badge !== null);
}
