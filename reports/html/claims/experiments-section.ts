import type { Experiment, Ledger } from '../../claims/index.ts';
import { cleanText, html, type Markup } from '../../markup/index.ts';
import { whole } from '../../numbers/index.ts';
import { PAIR_TITLES } from './judged-claim.ts';

/** Of the row of an experiment, by its place in the ledger: its name is not one to make an id of. */
export const experimentId = (place: number): string => `experiment-${place + 1}`;

/** Where, when and with what the claims were measured. */
export function experimentsSection(
  { machine, tool, createdAt, experiments }: Ledger,
  known: readonly Experiment[],
): Markup {
  const commit =
    tool.gitCommit === null
      ? 'commit not known'
      : `commit ${tool.gitCommit}${tool.gitDirty === true ? ' with uncommitted changes' : ''}`;
  const facts: readonly (readonly [string, string])[] = [
    ['machine', machine],
    ['program', `${tool.version}, ${commit}`],
    ['judged', instant(createdAt)],
  ];
  const rows = experiments.map((one, i) => {
    const title = known.find(({ name }) => name === one.name)?.title;
    return html`<tr id="${experimentId(i)}"><th scope="row">${cleanText(one.name, 80)}</th><td class="words">${
      title === undefined ? html`<span class="soft">not known to this version</span>` : cleanText(title)
    }</td><td class="text">${PAIR_TITLES[one.pair]}</td><td class="text">${cleanText(instant(one.createdAt))}</td><td>${whole(one.passedRuns)}</td><td>${whole(one.refusedRuns)}</td><td${
      one.wrongRuns > 0 ? html` class="bad"` : null
    }>${whole(one.wrongRuns)}</td><td>${whole(one.runsLeft)}</td><td class="text">${resultOf(one)}</td></tr>`;
  });
  const table =
    rows.length === 0
      ? html`<p>No experiment was run.</p>`
      : html`<div class="wide" tabindex="0" role="region" aria-label="All experiments"><table class="sheet"><thead><tr><th scope="col" class="text">experiment</th><th scope="col" class="text">what it measures</th><th scope="col" class="text">on</th><th scope="col" class="text">measured</th><th scope="col">runs passed</th><th scope="col">refused</th><th scope="col">wrong</th><th scope="col">left to run</th><th scope="col" class="text">result</th></tr></thead><tbody>${rows}</tbody></table></div>`;
  return html`<section class="keep" aria-labelledby="experiments"><h2 id="experiments">Experiments</h2><dl class="facts">${facts.map(
    ([term, text]) => html`<dt>${term}</dt><dd>${cleanText(text)}</dd>`,
  )}</dl>${table}<p class="soft">Medians are over runs or kills, with the range that covers them; a refused or wrong run gives no figure.</p></section>`;
}

/** To the minute, as it was written. */
const instant = (createdAt: string) => createdAt.slice(0, 16).replace('T', ' ');

/** Names of experiments as they are given; what is not of their form leads nowhere. */
const KEBAB_CASE = /^[a-z0-9]+(-[a-z0-9]+)*$/;

/** The page of its result, where `crosscurrent claims` puts it beside this one. */
function resultOf({ name, pair }: Ledger['experiments'][number]): Markup {
  if (!KEBAB_CASE.test(name)) return html`–`;
  const folder = `${pair}/${name}`;
  return html`<a href="./${folder}/report.html">${folder}</a>`;
}
