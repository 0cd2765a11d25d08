import {
  type Contest,
  type Group,
  groupsOf,
  seriesName,
  summaryOf,
  type Verdict,
  verdictsOf,
} from '../comparison/index.ts';
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

function card(group: Group): readonly Markup[] {
  return group.contests.flatMap((contest) => {
    const verdicts = verdictsOf(group, contest);
    // The points of a sweep that have no rival stand in its chart.
    if (verdicts.length === 0 || (contest.cells.length < 2 && group.contests.length > 1)) return [];
    const title = [group.workload, group.guarantee, contest.name].filter((part) => part !== null).join(', ');
    return [
      html`<div class="card"><h3>${title} <span class="soft">(${repetitionsOf(contest)})</span></h3><ul class="verdicts">${verdicts.map(drawVerdict)}</ul></div>`,
    ];
  });
}

function repetitionsOf({ cells }: Contest): string {
  const runs = Math.max(
    ...cells.flatMap(({ latency, drain, sustain }) => [latency.runs, drain.runs, sustain.runs]),
  );
  return runs > 1 ? `medians of up to ${runs} runs` : 'one run, no interval';
}

function drawVerdict({ outcome, subject, sentence, figures }: Verdict): Markup {
  const [leader, tone] =
    outcome.kind === 'leader'
      ? [seriesName(outcome.cell.cell), `name-${engineStyle(outcome.cell.cell.engine).style}`]
      : ['', ''];
  return html`<li${outcome.kind === 'refused' ? html` class="refused"` : null}><span class="subject">${subject}</span><strong><span class="${tone}">${leader}</span>${sentence.slice(
    leader.length,
  )}</strong><span class="figures soft">${figures}</span></li>`;
}
