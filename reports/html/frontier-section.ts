import { drawFigure } from '../charts/index.ts';
import { frontiersWithSheets } from '../frontier/index.ts';
import { html } from '../markup/index.ts';
import type { Result } from '../model/index.ts';
import { frontierChart } from './frontier-chart.ts';
import type { Section } from './page-section.ts';
import { sheetTables } from './sheet-table.ts';

/** Rules for the marks of the frontier. */
export const FRONTIER_STYLE = `.bracket.bars{stroke-width:1.3;opacity:.75}
.spot circle,.spot path{vector-effect:non-scaling-stroke;stroke:var(--ground);stroke-width:1}
.spot.hollow circle,.spot.hollow path{fill:var(--ground);stroke:var(--line);stroke-width:2}
`;

/** The frontiers of a result, each as a chart, with their tables below; no section where no frontier says more than the comparison. */
export function frontierSections(result: Result): readonly Section[] {
  const found = frontiersWithSheets(result);
  if (found.length === 0) return [];
  const charts = found.flatMap(({ frontier }, i) => frontierChart(frontier, `frontier-${i + 1}`) ?? []);
  const body = html`<section aria-labelledby="frontier"><h2 id="frontier">Frontier</h2><p class="soft">What each configuration pays for what it gives: latency against the rate that it takes, or against CPU where no rate was searched for. A dominated one is beaten or equalled in every figure that it has.</p>${
    charts.length === 0 ? null : html`<div class="charts">${charts.map(drawFigure)}</div>`
  }${sheetTables(found.map(({ sheet }) => sheet))}</section>`;
  return [{ id: 'frontier', title: 'Frontier', body }];
}
