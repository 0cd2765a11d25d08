import { refusalOf, seriesName } from '../comparison/index.ts';
import { cleanText, html, type Markup } from '../markup/index.ts';
import type { Cell, Result, Run } from '../model/index.ts';
import { percent, significant, whole, withUnit } from '../numbers/index.ts';

/** Every run with its checks: rate held or not, replay's lag, oracle, remarks. */
export function runsSection(result: Result): Markup {
  const rows = result.cells.flatMap((cell) => cell.runs.map((run) => row(cell, run)));
  const headers = [
    'run',
    'outcome',
    'rate offered, /s',
    'held',
    'replay lag p50',
    'replay lag p99',
    'p99 from send',
    'p99 per output',
    'samples of expected',
    'lost',
    'duplicates',
    'wrong',
    'late seen of expected',
    'remarks',
  ];
  return html`<section aria-labelledby="runs"><h2 id="runs">Runs</h2><p class="soft">Each run is a fresh process with fresh topics. A run whose outcome is not passed gives no figure to any table or chart above.</p><div class="wide" tabindex="0" role="region" aria-label="Runs and their checks"><table><thead><tr>${headers.map(
    (header, i) =>
      html`<th scope="col"${i < 2 || i === headers.length - 1 ? html` class="text"` : null}>${header}</th>`,
  )}</tr></thead><tbody>${rows}</tbody></table></div></section>`;
}

function row(cell: Cell, run: Run): Markup {
  const { verification } = run;
  const refusal = refusalOf(run);
  const remarks = [
    refusal,
    ...run.remarks
      .filter((remark) => remark.level === 'warning')
      .map((remark) => cleanText(`${remark.code}: ${remark.message}`)),
  ].filter((text) => text !== null);
  const checks =
    verification === null
      ? ['–', '–', '–', '–', '–']
      : [
          `${whole(verification.coveredSamples)} / ${whole(verification.expectedSamples)}`,
          whole(verification.lost),
          `${whole(verification.duplicates)}${verification.duplicatesAllowed ? ' (allowed)' : ''}`,
          whole(verification.wrong),
          verification.lateRecords.how === 'none'
            ? '–'
            : `${whole(verification.lateRecords.seen)} / ${whole(verification.lateRecords.expected)}`,
        ];
  return html`<tr><th scope="row">${seriesName(cell)}, ${cell.workload}, ${cell.guarantee}, ${run.kind}</th><td class="text ${
    run.outcome === 'passed' ? 'good' : 'bad'
  }">${run.outcome === 'passed' ? '✓' : '✗'} ${run.outcome}</td>${[...measuresOf(run), ...checks].map(
    (text) => html`<td>${text}</td>`,
  )}<td class="prose">${remarks.join(' · ')}</td></tr>`;
}

/** Rate offered, held, replay lag p50 and p99, p99 from send, p99 per output; of a refused run only the rate and its replay lag. */
function measuresOf(run: Run): readonly string[] {
  if (run.figures === null || run.kind === 'drain') return ['–', '–', '–', '–', '–', '–'];
  const { offeredRatePerSecond, generatorLag } = run.figures;
  const time = (value: number | null) => (value === null ? '–' : withUnit('us', value));
  const lag = [time(generatorLag.p50), time(generatorLag.p99)];
  if (run.kind === 'recovery') return [significant(offeredRatePerSecond), '–', ...lag, '–', '–'];
  const share = run.figures.achievedRatePerSecond / offeredRatePerSecond;
  const others =
    run.outcome === 'passed'
      ? [time(run.figures.uncorrected.p99), time(run.figures.perOutput.p99)]
      : ['–', '–'];
  return [
    significant(offeredRatePerSecond),
    `${share >= 0.95 ? 'yes' : 'no'}, ${percent(share)}`,
    ...lag,
    ...others,
  ];
}
