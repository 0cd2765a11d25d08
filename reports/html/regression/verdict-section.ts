import { cleanText, html, type Markup } from '../../markup/index.ts';
import { type RegressionReport, type Side, VERDICTS } from '../../regression/index.ts';
import { verdictMark } from './verdict-mark.ts';

/** The outcome in a sentence, how many rows have which verdict, wrong outputs, and what the reader should know. */
export function verdictSection(report: RegressionReport): Markup {
  const passed = report.outcome === 'ok';
  const counts = VERDICTS.filter((verdict) => report.counts[verdict] > 0).map((verdict) => {
    const { sign, tone } = verdictMark(verdict);
    return html`<li><span class="${tone}"><span aria-hidden="true">${sign}</span> ${report.counts[verdict]} ${verdict}</span></li>`;
  });
  const wrong = [...wrongOf('base', report.base), ...wrongOf('head', report.head)];
  return html`<section class="keep" aria-labelledby="verdict"><h2 id="verdict">Verdict</h2><p class="summary ${
    passed ? 'good' : 'bad'
  }">${passed ? '✓' : '✗'} ${outcomeSentence(report)}</p><p class="soft">Head <strong>${name(report.head)}</strong> against base <strong>${name(
    report.base,
  )}</strong>, ${report.rows.length} ${report.rows.length === 1 ? 'metric' : 'metrics'} of all cells.</p><ul class="counts">${counts}</ul>${listOf(wrong, '✗')}${listOf(report.remarks, '⚠')}</section>`;
}

function outcomeSentence({ outcome, rows }: RegressionReport): string {
  switch (outcome) {
    case 'wrong':
      return 'Wrong output: no figure counts before it is right.';
    case 'regressed': {
      const failing = rows.filter((row) => row.verdict === 'regressed' && row.level === 'error').length;
      return `Regressed: ${failing} ${failing === 1 ? 'metric is' : 'metrics are'} worse in head, by more than noise explains and more than is allowed.`;
    }
    case 'inconclusive':
      return 'Inconclusive: these runs cannot say whether head is worse.';
    case 'ok':
      return 'No regression that fails the comparison.';
  }
}

const name = (side: Side) => cleanText(side.name, 120);

const wrongOf = (role: string, side: Side) => side.wrong.map((text) => `${role}: ${text}`);

function listOf(texts: readonly string[], sign: string): Markup | null {
  if (texts.length === 0) return null;
  return html`<ul class="notes">${texts.map((text) => html`<li>${sign} ${cleanText(text)}</li>`)}</ul>`;
}
