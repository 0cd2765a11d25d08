import { type Claim, type Finding, type PairName, VERDICTS } from '../../claims/index.ts';
import { html, type Markup } from '../../markup/index.ts';
import { type JudgedClaim, PAIR_TITLES } from './judged-claim.ts';
import { prose } from './prose.ts';
import { verdictMark } from './verdict-mark.ts';

const PAIRS: readonly PairName[] = ['embedded', 'real'];

/** Every claim with its verdicts and the sentence that decided; a row leads to the claim's own part. */
export function verdictsSection(
  entries: readonly JudgedClaim[],
  claims: readonly Claim[],
  remarks: readonly string[],
): Markup {
  const pairs = PAIRS.filter((pair) => entries.some((entry) => entry[pair] !== null));
  const unjudged = claims.filter(({ id }) => entries.every((entry) => entry.id !== id)).map(({ id }) => id);
  const head = (title: string) => html`<th scope="col" class="text" role="columnheader">${title}</th>`;
  // In a narrow window the rows become blocks, which would take a table's roles away: so they are told.
  return html`<section class="keep" aria-labelledby="verdict"><h2 id="verdict">All claims</h2><p class="summary">${entries.length === 1 ? 'One published claim' : `${entries.length} published claims, each`} judged by a rule that was fixed before anything was measured.</p><dl class="facts counts">${pairs.map(
    (pair) => html`<dt>${PAIR_TITLES[pair]}</dt><dd>${counts(entries.map((entry) => entry[pair]))}</dd>`,
  )}</dl>${
    unjudged.length === 0 ? null : html`<p class="soft">Not judged here: ${unjudged.join(', ')}.</p>`
  }${remarks.length === 0 ? null : html`<ul class="notes">${remarks.map((remark) => html`<li>⚠ ${prose(remark)}</li>`)}</ul>`}<table class="ledger" role="table" aria-label="Verdicts"><thead role="rowgroup"><tr role="row">${head('claim')}${pairs.map(
    (pair) => head(PAIR_TITLES[pair]),
  )}${head('what decided')}</tr></thead><tbody role="rowgroup">${entries.map((entry) => row(entry, pairs))}</tbody></table></section>`;
}

function row(entry: JudgedClaim, pairs: readonly PairName[]): Markup {
  const { id, claim, embedded, real } = entry;
  const verdicts = pairs.map((pair) => {
    const finding = entry[pair];
    return html`<td class="text" role="cell"><span class="of" aria-hidden="true">${PAIR_TITLES[pair]}: </span>${
      finding === null ? html`<span class="soft">not asked</span>` : verdictMark(finding.verdict)
    }</td>`;
  });
  return html`<tr role="row"><th scope="row" role="rowheader"><a href="#${id}">${id}${
    claim === null ? null : html` ${prose(claim.title)}`
  }</a></th>${verdicts}<td class="words" role="cell">${prose(embedded.because)}${
    real === null || real.verdict === 'not-measured' || real.because === embedded.because
      ? null
      : html`<br><span class="soft">${PAIR_TITLES.real}:</span> ${prose(real.because)}`
  }</td></tr>`;
}

/** How many have which verdict, in the order of the verdicts. */
function counts(findings: readonly (Finding | null)[]): Markup {
  const shown = VERDICTS.map((verdict) => ({
    verdict,
    count: findings.filter((finding) => finding?.verdict === verdict).length,
  })).filter(({ count }) => count > 0);
  return html`${shown.map(({ verdict, count }, i) => html`${i === 0 ? null : ' · '}${verdictMark(verdict)} ${count}`)}`;
}
