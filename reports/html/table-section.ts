import { drawStrip } from '../charts/index.ts';
import {
  floorSentence,
  legendOf,
  seriesName,
  type Table,
  type TableRow,
  tablesOf,
} from '../comparison/index.ts';
import { html, type Markup } from '../markup/index.ts';
import type { MetricId, Result } from '../model/index.ts';
import { significant } from '../numbers/index.ts';
import { runValues } from './run-values.ts';
import { engineStyle } from './series-style.ts';

/** The comparison tables, one a workload; headers link to the definitions. */
export function tableSection(result: Result): Markup {
  const tables = tablesOf(result);
  const hasDots = tables.some(({ rows, columns }) =>
    rows.some((row) => columns.some(({ metric }) => dotsOf(row, metric.id) !== null)),
  );
  const legend = [...legendOf(tables), ...(hasDots ? [DOTS] : [])];
  return html`<section aria-labelledby="comparison"><h2 id="comparison">Comparison</h2>${tables.map(drawTable)}${
    legend.length === 0 ? null : html`<p class="legend">${legend.join(' ')}</p>`
  }</section>`;
}

const DOTS =
  'Dots: a run each, in their order; the height of a strip is a tenth of the middle to either side, or more where the runs need it.';

function drawTable(table: Table): Markup {
  const headers = table.columns.map(
    ({ metric, unit }) =>
      html`<th scope="col"><a href="#metric-${metric.id}" title="${firstSentence(metric.definition)}">${metric.title}</a><small>${unit}</small></th>`,
  );
  const rows = table.rows.map(
    (row) =>
      html`<tr><th scope="row"><span class="name-${engineStyle(row.figures.cell.engine).style}">${seriesName(row.figures.cell)}</span></th><td class="text">${row.figures.cell.guarantee}</td>${row.cells.map(
        ({ value, text, range }, i) =>
          html`<td${value.kind === 'number' ? null : html` class="soft"`}${
            value.kind === 'number' || value.kind === 'at least' ? html` data-v="${value.value}"` : null
          }>${text}${range === '' ? null : html`<small>${range}</small>`}${dotsOf(row, table.columns[i]?.metric.id)}</td>`,
      )}<td class="text checks ${row.checks.passed ? 'good' : 'bad'}">${row.checks.passed ? '✓' : '✗'} ${row.checks.text}</td></tr>`,
  );
  const notes = table.notes.map((note, i) => html`<li value="${table.firstNote + i}">${note}</li>`);
  return html`<h3>${table.workload}</h3>${settingOf(table)}<div class="wide" tabindex="0" role="region" aria-label="Figures of ${table.workload}"><table class="sortable"><thead><tr><th scope="col" class="text">engine</th><th scope="col" class="text">guarantee</th>${headers}<th scope="col" class="text">checks</th></tr></thead><tbody>${rows}</tbody></table></div>${
    notes.length === 0 ? null : html`<ol class="notes">${notes}</ol>`
  }`;
}

/** A dot for each run where there are several. */
function dotsOf({ figures: { cell } }: TableRow, id: MetricId | undefined): Markup | null {
  const values = id === undefined ? [] : runValues(cell, id).map(({ value }) => value);
  return values.length < 2 ? null : drawStrip(values, `${engineStyle(cell.engine).style} each`);
}

/** The tooltip; the link leads to all of it. */
const firstSentence = (text: string) => text.slice(0, text.indexOf('. ') + 1) || text;

function settingOf(table: Table): Markup | null {
  const rates = table.groups.flatMap((group) =>
    group.cells.map((cell) => cell.latency.value?.offeredRatePerSecond),
  );
  const known = [...new Set(rates.filter((rate) => rate !== undefined))];
  const floors = [...new Set(table.groups.flatMap((group) => group.floors).map(floorSentence))];
  if (known.length === 0) return null;
  return html`<p class="soft">Latency at ${known.map(significant).join(', ')} events/s offered.</p>${floors.map(
    (floor) => html`<p class="soft">${floor}</p>`,
  )}`;
}
