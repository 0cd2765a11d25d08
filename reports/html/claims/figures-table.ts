import type { ClaimFigure, Ledger, PairName } from '../../claims/index.ts';
import { figureText } from '../../claims-wording/index.ts';
import { cleanText, html, type Markup } from '../../markup/index.ts';
import { whole } from '../../numbers/index.ts';
import { engineKey, engineTitle } from './engine-key.ts';
import { experimentId } from './experiments-section.ts';

/** All figures of a claim, those that were measured alike together; an experiment leads to its row at the end of the page. */
export function figuresTable(
  id: string,
  figures: readonly ClaimFigure[],
  experiments: Ledger['experiments'],
): Markup {
  const groups = Map.groupBy(figures, ({ label, unit, experiment }) =>
    JSON.stringify([label, unit, experiment]),
  );
  const bodies = [...groups.values()].map((alike) => {
    const rows = alike.map(
      (figure, i) => html`<tr>${i === 0 ? labelOf(alike, experiments) : null}${cells(figure)}</tr>`,
    );
    return html`<tbody>${rows}</tbody>`;
  });
  return html`<div class="wide" tabindex="0" role="region" aria-label="Figures of ${id}"><table class="figures" id="${id}-figures"><thead><tr><th scope="col" class="text">figure</th><th scope="col" class="text">engine</th><th scope="col">median</th><th scope="col">range</th><th scope="col">values</th></tr></thead>${bodies}</table></div>`;
}

/** Once for all figures of the same label and experiment. */
function labelOf(alike: readonly ClaimFigure[], experiments: Ledger['experiments']): Markup {
  const [first] = alike;
  return html`<th scope="rowgroup" rowspan="${alike.length}">${cleanText(first?.label ?? '', 200)}<small>${
    first?.experiment == null
      ? 'from the code'
      : html`${cleanText(first.experiment, 80)}: ${pairLinks(first.experiment, alike, experiments)}`
  }</small></th>`;
}

/** Where the figures of each pair are from. */
function pairLinks(
  name: string,
  alike: readonly ClaimFigure[],
  experiments: Ledger['experiments'],
): readonly Markup[] {
  return [...new Set(alike.map(pairOf))].map((pair, i) => {
    const known = experiments.findIndex((one) => one.name === name && one.pair === pair);
    const link = known < 0 ? html`${pair}` : html`<a href="#${experimentId(known)}">${pair}</a>`;
    return html`${i === 0 ? null : ', '}${link}`;
  });
}

const pairOf = ({ engine }: ClaimFigure): PairName =>
  engine === 'flink' || engine === 'spark' ? 'real' : 'embedded';

function cells(figure: ClaimFigure): Markup {
  const { median, range } = figureText(figure);
  return html`<td class="text">${engineKey(figure.engine)} ${engineTitle(figure.engine)}</td><td>${median}</td><td>${
    range ?? html`<span class="soft">one value</span>`
  }</td><td>${whole(figure.estimate.count)}</td>`;
}
