import type { ClaimFigure, Ledger } from '../../claims/index.ts';
import { figureText } from '../../claims-wording/index.ts';
import { cleanText, html, type Markup } from '../../markup/index.ts';
import { whole } from '../../numbers/index.ts';
import { engineKey, engineTitle } from './engine-key.ts';
import { experimentId } from './experiments-section.ts';

/** All figures of a claim; an experiment leads to its row at the end of the page. */
export function figuresTable(
  id: string,
  figures: readonly ClaimFigure[],
  experiments: Ledger['experiments'],
): Markup {
  const groups = Map.groupBy(figures, ({ label, unit }) => JSON.stringify([label, unit]));
  const bodies = [...groups.values()].map((alike) => {
    const rows = alike.map(
      (figure, i) => html`<tr>${i === 0 ? labelOf(alike) : null}${cells(figure, experiments)}</tr>`,
    );
    return html`<tbody>${rows}</tbody>`;
  });
  return html`<div class="wide" tabindex="0" role="region" aria-label="Figures of ${id}"><table class="figures" id="${id}-figures"><thead><tr><th scope="col" class="text">figure</th><th scope="col" class="text">engine</th><th scope="col">median</th><th scope="col">range</th><th scope="col">values</th><th scope="col" class="text">experiment</th></tr></thead>${bodies}</table></div>`;
}

/** Once for all figures of the same label. */
function labelOf(alike: readonly ClaimFigure[]): Markup {
  return html`<th scope="rowgroup" rowspan="${alike.length}">${cleanText(alike[0]?.label ?? '', 200)}</th>`;
}

function cells(figure: ClaimFigure, experiments: Ledger['experiments']): Markup {
  const { median, range } = figureText(figure);
  return html`<td class="text">${engineKey(figure.engine)} ${engineTitle(figure.engine)}</td><td>${median}</td><td>${
    range ?? html`<span class="soft">one value</span>`
  }</td><td>${whole(figure.estimate.count)}</td><td class="text">${experimentOf(figure, experiments)}</td>`;
}

function experimentOf({ experiment, engine }: ClaimFigure, experiments: Ledger['experiments']): Markup {
  if (experiment === null) return html`<span class="soft">from the code</span>`;
  const pair = engine === 'flink' || engine === 'spark' ? 'real' : 'embedded';
  const known = experiments.findIndex((one) => one.name === experiment && one.pair === pair);
  const name = cleanText(experiment, 80);
  return known < 0 ? html`${name}` : html`<a href="#${experimentId(known)}">${name}</a>`;
}
