import { CHART_WIDTH, logDomain, logScale, marker, type Scale, short } from '../../charts/index.ts';
import type { ClaimedRange, ClaimFigure, Side } from '../../claims/index.ts';
import { claimedText, figureText } from '../../claims-wording/index.ts';
import { cleanText, html, type Markup } from '../../markup/index.ts';
import { legend } from '../legend.ts';
import { engineStyle } from '../series-style.ts';
import { countTick, latencyTick } from '../time-label.ts';
import { engineKey, engineTitle } from './engine-key.ts';
import { fittedText, textWidth } from './fitted-text.ts';

/** Figures of one claim that have one unit, drawn over what was claimed. */
export interface ClaimDrawing {
  /** Unique on the page. */
  readonly id: string;
  readonly title: string;
  /** Id of the table with the same figures, which stands in for the drawing. */
  readonly details: string;
  readonly unit: ClaimedRange['unit'];
  /** At least one, those of a side together, and in it those of a label. */
  readonly figures: readonly ClaimFigure[];
  readonly claimed: readonly ClaimedRange[];
}

const LEFT = 10;
const RIGHT = CHART_WIDTH - 10;
const HEADING = 24;
const LABEL = 17;
const LINE = 17;
const GAP = 8;
const AXIS = 24;
const LEAST_BETWEEN_TICKS = 44;

interface Block {
  readonly side: Side;
  readonly top: number;
  readonly bottom: number;
  readonly labels: readonly { readonly text: string; readonly y: number }[];
  readonly lines: readonly { readonly figure: ClaimFigure; readonly y: number }[];
}

/** On one logarithmic axis: a block a side with the claimed range behind it, a line a figure. */
export function drawClaim({ id, title, details, unit, figures, claimed }: ClaimDrawing): Markup {
  const blocks = blocksOf(figures);
  const bottom = blocks.at(-1)?.bottom ?? 0;
  const x = axisOf(unit, figures, claimed);
  const bands = blocks.flatMap((block) =>
    claimed.filter(({ side }) => side === block.side).map((range) => drawRange(range, block, x)),
  );
  const sides = blocks.map(
    ({ side, lines }) => `${side}${claimedOf(side, claimed)}, ${lines.length} measured`,
  );
  const engines = [...new Set(figures.map(({ engine }) => engine))];
  const atEdge = figures.some(({ estimate }) => estimate.low <= 0);
  return html`<figure class="chart" id="${id}"><figcaption>${UNIT_TITLES[unit]}</figcaption><div class="plot" tabindex="0" role="group" aria-label="Drawing of ${id}"><svg viewBox="0 0 ${CHART_WIDTH} ${short(
    bottom + AXIS,
  )}" role="img" aria-labelledby="${id}-t ${id}-d" aria-details="${details}"><title id="${id}-t">${title}</title><desc id="${id}-d">${UNIT_TITLES[unit]} on a logarithmic axis: ${sides.join('; ')}. The table has all figures.</desc>${bands}${drawAxis(x, bottom)}${blocks.map(
    (block) => drawBlock(block, claimed, x),
  )}</svg></div><p class="legend">${legend([
    ...engines.map((engine) => html`${engineKey(engine)} ${engineTitle(engine)}`),
    html`lines: the range that covers the median`,
    claimed.length === 0 ? null : html`<span class="swatch claimed"></span> as claimed`,
    atEdge ? html`0 stands at the left edge` : null,
  ])}</p></figure>`;
}

const UNIT_TITLES: Readonly<Record<ClaimedRange['unit'], string>> = {
  ms: 'Time',
  'events/s': 'Events a second',
};

function blocksOf(figures: readonly ClaimFigure[]): readonly Block[] {
  let y = 0;
  return [...Map.groupBy(figures, ({ side }) => side)].map(([side, ofSide]) => {
    const top = y + HEADING;
    const labels: Block['labels'][number][] = [];
    const lines: Block['lines'][number][] = [];
    y = top;
    for (const [text, alike] of Map.groupBy(ofSide, ({ label }) => label)) {
      y += LABEL;
      labels.push({ text: fittedText(cleanText(text), RIGHT - LEFT), y: y - 4 });
      for (const figure of alike) {
        y += LINE;
        lines.push({ figure, y: y - LINE / 2 });
      }
      y += 2;
    }
    const bottom = y + 3;
    y = bottom + GAP;
    return { side, top, bottom, labels, lines };
  });
}

function axisOf(
  unit: ClaimedRange['unit'],
  figures: readonly ClaimFigure[],
  claimed: readonly ClaimedRange[],
): Scale {
  const values = [
    ...figures.flatMap(({ estimate: { low, median, high } }) => [low, median, high]),
    ...claimed.flatMap(({ from, to }) => [from ?? 0, to ?? 0]),
  ];
  const domain = logDomain(values) ?? { from: 1, to: 10 };
  const scale = logScale(domain, { from: LEFT, to: RIGHT }, (value) =>
    unit === 'ms' ? latencyTick(value * 1_000) : countTick(value),
  );
  let last = Number.NEGATIVE_INFINITY;
  const ticks = scale.ticks.filter(({ at }) => {
    const isFree = scale.position(at) - last >= LEAST_BETWEEN_TICKS;
    if (isFree) last = scale.position(at);
    return isFree;
  });
  return { ...scale, ticks };
}

function drawAxis({ ticks, position }: Scale, bottom: number): Markup {
  const places = ticks.map(({ at, label }) => ({ x: short(position(at)), label }));
  return html`<path class="grid" d="${places.map(({ x }) => `M${x} ${HEADING}V${short(bottom)}`).join('')}"/><path class="axis" d="M${LEFT} ${short(bottom)}H${RIGHT}"/><g class="tick mid">${places.map(
    ({ x, label }) => html`<text x="${x}" y="${short(bottom + 16)}">${label}</text>`,
  )}</g>`;
}

/** A range that names one end only goes on to the edge, and has no line there. */
function drawRange({ side, from, to }: ClaimedRange, { top, bottom }: Block, x: Scale): Markup {
  const left = from === null ? LEFT : x.position(from);
  const right = to === null ? RIGHT : x.position(to);
  const ends = [...(from === null ? [] : [left]), ...(to === null ? [] : [right])];
  return html`<g class="${SIDE_STYLES[side]}"><rect class="claimed" x="${short(left)}" y="${short(top)}" width="${short(
    Math.max(1, right - left),
  )}" height="${short(bottom - top)}"/><path class="claimed-end" d="${ends.map((end) => `M${short(end)} ${short(top)}V${short(bottom)}`).join('')}"/></g>`;
}

const SIDE_STYLES: Readonly<Record<Side, string>> = { 'event-driven': 'event', 'micro-batch': 'batch' };

function claimedOf(side: Side, claimed: readonly ClaimedRange[]): string {
  const ranges = claimed.filter((range) => range.side === side).map(claimedText);
  return ranges.length === 0 ? '' : `, claimed ${ranges.join(' and ')}`;
}

function drawBlock({ side, top, labels, lines }: Block, claimed: readonly ClaimedRange[], x: Scale): Markup {
  return html`<text class="${SIDE_STYLES[side]}" x="${LEFT}" y="${short(top - 7)}"><tspan class="side">${side}</tspan><tspan class="soft">${claimedOf(side, claimed)}</tspan></text>${labels.map(
    ({ text, y }) => html`<text class="value-label" x="${LEFT + 2}" y="${short(y)}">${text}</text>`,
  )}${lines.map(({ figure, y }) => drawFigureLine(figure, y, x))}`;
}

function drawFigureLine(figure: ClaimFigure, y: number, x: Scale): Markup {
  const { median, low, high } = figure.estimate;
  const { style, marker: shape } = engineStyle(figure.engine);
  const [from, at, to] = [low, median, high].map(x.position) as [number, number, number];
  const text = `${engineTitle(figure.engine)} ${figureText(figure).median}`;
  const width = textWidth(text);
  const range =
    to - from < 0.1
      ? ''
      : `M${short(from)} ${short(y)}H${short(to)}M${short(from)} ${short(y - 4)}v8M${short(to)} ${short(y - 4)}v8`;
  const isRight = to + 10 + width <= CHART_WIDTH;
  const label = isRight
    ? html`<text class="value-label" x="${short(to + 9)}" y="${short(y + 4)}">${text}</text>`
    : html`<text class="value-label end" x="${short(Math.max(from - 9, LEFT + width))}" y="${short(y + 4)}">${text}</text>`;
  return html`<g class="${style}"><path class="range" d="${range}"/><g class="value">${marker(shape, at, y)}</g>${label}</g>`;
}
