import { summaryOf } from '../comparison/index.ts';
import { cleanText, html, type Markup } from '../markup/index.ts';
import type { Result } from '../model/index.ts';
import { sharePercent, significant, whole } from '../numbers/index.ts';

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
    ['limits', limitsText(machine.limits)],
    ['others', machineUseText(result)],
    [
      'clock',
      machine.clockResolutionUs === null
        ? 'step not measured'
        : `smallest step ${machine.clockResolutionUs} us`,
    ],
    ['runtimes', `Node ${machine.nodeVersion}, Java ${machine.javaVersion ?? 'none'}`],
    [
      'versions',
      Object.entries(result.versions)
        .map(([name, version]) => `${name} ${version}`)
        .join(', ') || 'not recorded',
    ],
    ['log', logsText(result)],
    [
      'broker',
      `${broker.description}${broker.kafkaVersion === null ? '' : `, Kafka ${broker.kafkaVersion}`}${broker.heapMb === null ? '' : `, heap ${broker.heapMb} MiB`}`,
    ],
  ];
  const badges = badgesOf(result);
  const { remarks } = summaryOf(result);
  return html`<section class="keep" aria-labelledby="run"><h2 id="run">Where and how</h2>${
    badges.length === 0
      ? null
      : html`<p>${badges.map((badge) => html`<span class="badge">⚠ ${badge}</span>`)}</p>`
  }${remarks.length === 0 ? null : html`<ul class="notes">${remarks.map((remark) => html`<li>⚠ ${remark}</li>`)}</ul>`}<dl class="facts">${facts.map(([term, text]) => html`<dt>${term}</dt><dd>${cleanText(text)}</dd>`)}</dl></section>`;
}

function limitsText({ cpus, memoryMb }: Result['machine']['limits']): string {
  const parts = [cpus === null ? null : `${cpus} CPUs`, memoryMb === null ? null : `${memoryMb} MiB`].filter(
    (part) => part !== null,
  );
  return parts.length === 0 ? 'none from a control group' : `${parts.join(', ')} by control group`;
}

/** The highest shares of the machine that others took in any run. */
function machineUseText(result: Result): string {
  const uses = result.cells
    .flatMap((cell) => cell.runs.map((run) => run.machineUse))
    .filter((use) => use !== null);
  const highest = (values: readonly (number | null)[]) => {
    const known = values.filter((value) => value !== null);
    return known.length === 0 ? 'not known' : `at most ${sharePercent(Math.max(...known))}`;
  };
  const foreign = highest(uses.map(({ foreignCpuShare }) => foreignCpuShare));
  const stolen = highest(uses.map(({ stolenCpuShare }) => stolenCpuShare));
  return `CPU of other processes ${foreign}, stolen by the hypervisor ${stolen} of the machine, over all runs`;
}

const SHOWN_DIGITS = 12;

function logsText(result: Result): string {
  const hashes = new Map(
    result.cells.flatMap((cell) => cell.runs.map(({ log }) => [log.sha256, log.records] as const)),
  );
  const shown = [...hashes].map(
    ([sha256, records]) => `${sha256.slice(0, SHOWN_DIGITS)}… (${whole(records)} records)`,
  );
  return `SHA-256 ${shown.join(', ') || 'of no run'}`;
}

/** A measured span below this is called short. */
const SHORT_MS = 10_000;

function badgesOf(result: Result): readonly string[] {
  const runs = result.cells.flatMap((cell) => cell.runs);
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
  ].filter((badge) => badge !== null);
}
