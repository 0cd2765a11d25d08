import type { Claim, ClaimFigure, Finding, Ledger, PairName } from '../../claims/index.ts';
import { claimedText } from '../../claims-wording/index.ts';
import { cleanText, html, type Markup } from '../../markup/index.ts';
import { type ClaimDrawing, drawClaim } from './claim-drawing.ts';
import { figuresTable } from './figures-table.ts';
import { type JudgedClaim, PAIR_TITLES } from './judged-claim.ts';
import { prose } from './prose.ts';
import { verdictMark } from './verdict-mark.ts';

const SIDES = ['event-driven', 'micro-batch'] as const;

/** One claim: what was published, what was found, the figures, how they decide, and why it comes out so. */
export function claimSection(
  { id, claim, embedded, real }: JudgedClaim,
  experiments: Ledger['experiments'],
): Markup {
  const figures = bySide([...embedded.figures, ...(real?.figures ?? [])]);
  return html`<section class="keep claim" aria-labelledby="${id}"><h2 id="${id}">${id}${
    claim === null ? null : html`: ${prose(claim.title)}`
  }</h2>${claim === null ? html`<p class="soft">This version of the program has no claim of this number.</p>` : published(claim)}<div class="cards findings">${card(
    'embedded',
    embedded,
  )}${real === null ? null : card('real', real)}</div>${
    figures.length === 0
      ? null
      : html`<div class="evidence">${drawings(id, claim, figures)}${figuresTable(id, figures, experiments)}</div>`
  }${
    claim === null
      ? null
      : html`<dl class="facts"><dt>Rule</dt><dd>${prose(claim.rule)}</dd><dt>Why</dt><dd>${prose(claim.explanation)}</dd></dl>`
  }<p class="soft back"><a href="#verdict">All claims</a></p></section>`;
}

/** Side by side, in it unit by unit, and what was measured alike beneath each other. */
function bySide(figures: readonly ClaimFigure[]): readonly ClaimFigure[] {
  return SIDES.flatMap((side) => {
    const ofSide = figures.filter((figure) => figure.side === side);
    const units = [...Map.groupBy(ofSide, ({ unit }) => unit).values()];
    return units.flatMap((ofUnit) => [...Map.groupBy(ofUnit, ({ label }) => label).values()].flat());
  });
}

function published({ sentence, source, claimed }: Claim): Markup {
  const ranges = claimed.map((range) => `${range.side} ${claimedText(range)}`);
  return html`<figure class="quote"><blockquote><p>${prose(sentence)}</p></blockquote><figcaption>${prose(source)}${
    ranges.length === 0 ? null : html`. Claimed: ${ranges.join('; ')}`
  }</figcaption></figure>`;
}

function card(pair: PairName, { verdict, because, conditions, wouldChange }: Finding): Markup {
  return html`<div class="card"><h3>${PAIR_TITLES[pair]}: ${verdictMark(verdict)}</h3><p>${prose(because)}</p>${
    conditions.length === 0
      ? null
      : html`<p class="soft">Found under:</p><ul class="conditions">${conditions.map((condition) => html`<li>${prose(condition)}</li>`)}</ul>`
  }<p><span class="soft">What would change it:</span> ${prose(wouldChange)}</p></div>`;
}

/** A drawing for each unit that can be drawn; none without a figure. */
function drawings(id: string, claim: Claim | null, figures: readonly ClaimFigure[]): Markup | null {
  const drawn = (['ms', 'events/s'] as const).flatMap((unit): readonly ClaimDrawing[] => {
    const ofUnit = figures.filter((figure) => figure.unit === unit);
    if (ofUnit.length === 0) return [];
    return [
      {
        id: `${id}-${unit === 'ms' ? 'ms' : 'rate'}`,
        title: `${id}: ${claim === null ? unit : cleanText(claim.title)}`,
        details: `${id}-figures`,
        unit,
        figures: ofUnit,
        claimed: (claim?.claimed ?? []).filter((range) => range.unit === unit),
      },
    ];
  });
  return drawn.length === 0 ? null : html`<div>${drawn.map(drawClaim)}</div>`;
}
