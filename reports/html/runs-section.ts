import { refusalOf, seriesName } from '../comparison/index.ts';
import { cleanText, html, type Markup } from '../markup/index.ts';
import type { Cell, Result, Run } from '../model/index.ts';
import { percent, sharePercent, significant, whole } from '../numbers/index.ts';

interface Row {
  readonly name: string;
  readonly run: Run;
}

/** Every run with its checks: rate held or not, replay's lag, oracle, remarks. */
export function runsSection(result: Result): Markup {
  const rows = result.cells.flatMap((cell) =>
    cell.runs.map((run): Row => ({ name: nameOf(cell, run), run })),
  );
  const remarks = rows.flatMap(remarksOf);
  return html`<section aria-labelledby="runs"><h2 id="runs">Runs</h2><p class="soft">Each run is a fresh process with fresh topics. A run whose outcome is not passed gives no figure to any table or chart above.</p>${
    remarks.length === 0
      ? null
      : html`<ul class="notes">${remarks.map((remark) => html`<li>${remark}</li>`)}</ul>`
  }<div class="wide" tabindex="0" role="region" aria-label="Runs and their checks"><table class="runs"><thead><tr><th scope="col" class="text">run</th><th scope="col" class="text">outcome</th>${HEADERS.map(
    (header) => html`<th scope="col">${header}</th>`,
  )}</tr></thead><tbody>${rows.map(drawRow)}</tbody></table></div></section>`;
}

/** Runs of one kind are numbered where there are several. */
function nameOf(cell: Cell, run: Run): string {
  const alike = cell.runs.filter(({ kind }) => kind === run.kind);
  const number = alike.length > 1 ? ` ${alike.indexOf(run) + 1}` : '';
  return `${seriesName(cell)}, ${cleanText(cell.workload)}, ${cell.guarantee}, ${run.kind}${number}`;
}

function remarksOf({ name, run }: Row): readonly string[] {
  const warnings = run.remarks.filter((remark) => remark.level === 'warning');
  return [refusalOf(run), ...warnings.map((remark) => cleanText(`${remark.code}: ${remark.message}`))]
    .filter((text) => text !== null)
    .map((text) => `${name}: ${text}`);
}

const HEADERS = [
  'rate offered, /s',
  'held',
  'replay lag p50, ms',
  'replay lag p99, ms',
  'p99 from send, ms',
  'p99 per output, ms',
  'samples of expected',
  'lost',
  'duplicates',
  'wrong',
  'late seen of expected',
  'of the ceiling',
  'others, CPU',
  'stolen, CPU',
];

function drawRow({ name, run }: Row): Markup {
  const passed = run.outcome === 'passed';
  return html`<tr><th scope="row">${name}</th><td class="text ${passed ? 'good' : 'bad'}">${passed ? '✓' : '✗'} ${run.outcome}</td>${[
    ...measuresOf(run),
    ...checksOf(run),
    ...surroundingsOf(run),
  ].map((text) => html`<td>${text}</td>`)}</tr>`;
}

/** What the load was; latencies of passed runs only. */
function measuresOf(run: Run): readonly string[] {
  if (run.figures === null || run.kind === 'drain' || run.kind === 'sustain')
    return ['–', '–', '–', '–', '–', '–'];
  const { offeredRatePerSecond, generatorLag } = run.figures;
  const milliseconds = (value: number | null) => (value === null ? '–' : significant(value / 1_000));
  const lag = [milliseconds(generatorLag.p50), milliseconds(generatorLag.p99)];
  if (run.kind === 'recovery') return [significant(offeredRatePerSecond), '–', ...lag, '–', '–'];
  const share = run.figures.achievedRatePerSecond / offeredRatePerSecond;
  const latencies = [run.figures.uncorrected.p99, run.figures.perOutput.p99].map((p99) =>
    run.outcome === 'passed' ? milliseconds(p99) : '–',
  );
  return [
    significant(offeredRatePerSecond),
    `${share >= 0.95 ? 'yes' : 'no'}, ${percent(share)}`,
    ...lag,
    ...latencies,
  ];
}

function checksOf({ verification }: Run): readonly string[] {
  if (verification === null) return ['–', '–', '–', '–', '–'];
  const { lateRecords } = verification;
  return [
    `${whole(verification.coveredSamples)} / ${whole(verification.expectedSamples)}`,
    whole(verification.lost),
    `${whole(verification.duplicates)}${verification.duplicatesAllowed ? ' (allowed)' : ''}`,
    whole(verification.wrong),
    lateRecords.how === 'none' ? '–' : `${whole(lateRecords.seen)} / ${whole(lateRecords.expected)}`,
  ];
}

/** How near the driver was to its ceiling, and what else used the machine. */
function surroundingsOf({ driver, machineUse }: Run): readonly string[] {
  return [driver?.ceilingShare, machineUse?.foreignCpuShare, machineUse?.stolenCpuShare].map((share) =>
    share == null ? '–' : sharePercent(share),
  );
}
