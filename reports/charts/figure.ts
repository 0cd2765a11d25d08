import { html, type Markup } from '../markup/index.ts';
import { LONGEST_LABEL } from './label-length.ts';
import { short } from './path.ts';

/** Width of every chart in SVG units; the page scales it. */
export const CHART_WIDTH = 520;

/** Right end of a plot whose curves are labelled at their ends: leaves room for the longest label. */
export function rightFor(labels: readonly string[]): number {
  const longest = Math.max(0, ...labels.map((label) => label.length));
  return CHART_WIDTH - 14 - Math.ceil(Math.min(longest, LONGEST_LABEL) * 7.2);
}

/** The data behind a chart. A row's first cell is its header; `x` is where the cursor stands for it, in SVG units. */
export interface ChartTable {
  readonly caption: string;
  readonly headers: readonly string[];
  readonly rows: readonly { readonly x: number | null; readonly cells: readonly string[] }[];
}

export interface Chart {
  /** Unique on the page. */
  readonly id: string;
  readonly title: string;
  /** What the chart shows, in words, for those who do not see it. */
  readonly description: string;
  readonly height: number;
  readonly drawing: readonly Markup[];
  /** Vertical extent of the cursor; null for a chart without one. */
  readonly cursor: { readonly top: number; readonly bottom: number } | null;
  /** Names the x axis: charts of one section with the same name have the same positions and share the cursor. Absent: its own. */
  readonly axis?: string;
  /** Explains lines and marks below the drawing. */
  readonly legend: Markup | null;
  readonly table: ChartTable;
}

/** A chart as a figure: heading, SVG with title and description, legend, and the data behind it in a folded table. */
export function drawFigure(chart: Chart): Markup {
  const { id, cursor } = chart;
  return html`<figure class="chart" id="${id}"><figcaption>${chart.title}</figcaption><div class="plot"><svg viewBox="0 0 ${CHART_WIDTH} ${short(
    chart.height,
  )}" role="img" aria-labelledby="${id}-t ${id}-d" aria-details="${id}-data"${
    cursor === null ? null : html` tabindex="0"`
  }${
    chart.axis === undefined ? null : html` data-axis="${chart.axis}"`
  }><title id="${id}-t">${chart.title}</title><desc id="${id}-d">${chart.description}</desc>${chart.drawing}${
    cursor === null ? null : html`<path class="cursor" d="M0 ${short(cursor.top)}V${short(cursor.bottom)}"/>`
  }</svg></div>${chart.legend === null ? null : html`<p class="legend">${chart.legend}</p>`}${drawTable(chart)}</figure>`;
}

function drawTable({ id, table }: Chart): Markup {
  // End tags of cells and rows are optional in HTML, and the first header of a row in a body is the row's; left out, they save a tenth of the page.
  const rows = table.rows.map(
    ({ x, cells: [head, ...others] }) =>
      html`<tr${x === null ? null : html` data-x="${Math.round(x)}"`}><th>${head}${others.map((cell) => html`<td>${cell}`)}`,
  );
  return html`<details class="data" id="${id}-data"><summary>Data table</summary><div class="wide"><table><caption>${table.caption}</caption><thead><tr>${table.headers.map(
    (header) => html`<th scope="col">${header}`,
  )}</thead><tbody>${rows}</tbody></table></div></details>`;
}
