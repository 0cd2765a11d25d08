import { type Group, groupsOf, seriesName, summaryOf, verdictsOf } from '../comparison/index.ts';
import { html, type Markup } from '../markup/index.ts';
import type { Result } from '../model/index.ts';
import { engineStyle } from './series-style.ts';

/** Who is faster at what, and by how much: a card a group, a line a question. */
export function verdictSection(result: Result): Markup {
  const summary = summaryOf(result);
  return html`<section class="keep" aria-labelledby="verdict"><h2 id="verdict">Verdict</h2><p class="summary ${
    summary.passed ? 'good' : 'bad'
  }">${summary.passed ? '✓' : '✗'} ${summary.verdict}</p><ul class="soft">${summary.limits.map(
    (limit) => html`<li>${limit}</li>`,
  )}</ul><div class="cards">${groupsOf(result).map(card)}</div></section>`;
}

function card(group: Group): Markup {
  const verdicts = verdictsOf(group);
  const interval = group.cells.some((cell) => cell.latency.runs > 1 || cell.drain.runs > 1)
    ? 'pooled runs, no interval'
    : 'one run, no interval';
  return html`<div class="card"><h3>${group.workload}, ${group.guarantee} <span class="soft">(${interval})</span></h3>${
    verdicts.length === 0
      ? html`<p>No run of this group carries figures.</p>`
      : html`<ul class="verdicts">${verdicts.map((verdict) => {
          const { outcome } = verdict;
          const [leader, tone] =
            outcome.kind === 'leader'
              ? [seriesName(outcome.cell.cell), `name-${engineStyle(outcome.cell.cell.engine).style}`]
              : ['', ''];
          return html`<li><span class="subject">${verdict.subject}</span><strong><span class="${tone}">${leader}</span>${verdict.sentence.slice(
            leader.length,
          )}</strong><span class="figures soft">${verdict.figures}</span></li>`;
        })}</ul>`
  }</div>`;
}
