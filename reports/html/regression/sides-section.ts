import { cleanText, html, type Markup } from '../../markup/index.ts';
import type { Result } from '../../model/index.ts';
import type { RegressionReport, Side } from '../../regression/index.ts';

/** Where the figures of both sides come from. */
export function sidesSection(
  report: RegressionReport,
  base: readonly Result[],
  head: readonly Result[],
): Markup {
  return html`<section class="keep" aria-labelledby="sides"><h2 id="sides">Both sides</h2><div class="cards sides">${card('Base', report.base, base)}${card('Head', report.head, head)}</div></section>`;
}

function card(title: string, side: Side, results: readonly Result[]): Markup {
  const commit =
    side.gitCommit === null
      ? 'not known'
      : `${side.gitCommit}${side.gitDirty === true ? ' with uncommitted changes' : ''}`;
  const facts: readonly (readonly [string, string])[] = [
    ['name', side.name],
    ['commit', commit],
    ['made', side.createdAt],
    ['command', side.command.join(' ')],
    ['results', String(side.results)],
    ['runs', `${side.passedRuns} passed, ${side.refusedRuns} refused`],
    [
      'machine',
      textOf(results, ({ machine }) => `${machine.cpuModel}, ${machine.cores} cores, ${machine.os}`),
    ],
    ['runtime', textOf(results, ({ machine }) => `Node ${machine.nodeVersion}`)],
    ['broker', textOf(results, ({ broker }) => broker.description)],
  ];
  return html`<div class="card"><h3>${title}</h3><dl class="facts">${facts.map(
    ([term, text]) => html`<dt>${term}</dt><dd>${cleanText(text)}</dd>`,
  )}</dl></div>`;
}

/** What the results say, each wording once. */
function textOf(results: readonly Result[], read: (result: Result) => string): string {
  return [...new Set(results.map(read))].join('; ') || 'not known';
}
