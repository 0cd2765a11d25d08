import { legendOf, seriesName, type Table, tablesOf } from '../comparison/index.ts';
import { html, type Markup } from '../markup/index.ts';
import type { Result } from '../model/index.ts';
import { significant, withUnit } from '../numbers/index.ts';
import { engineStyle } from './series-style.ts';

/** The comparison tables, one a workload; headers link to the definitions. */
export function tableSection(result: Result): Markup {
  const tables = tablesOf(result);
  const legend = legendOf(tables);
  return html`<section aria-labelledby="comparison"><h2 id="comparison">Comparison</h2>${tables.map(drawTable)}${
    legend.length === 0 ? null : html`<p class="legend">${legend.join(' ')}</p>`
  }</section>`;
}

function drawTable(table: Table): Markup {
  const headers = table.columns.map(
    ({ metric, unit }) =>
      html`<th scope="col"><a href="#metric-${metric.id}" title="${firstSentence(metric.definition)}">${metric.title}</a><small>${unit}</small></th>`,
  );
  const rows = table.rows.map(
    (row) =>
      html`<tr><th scope="row"><span class="name-${engineStyle(row.figures.cell.engine).style}">${seriesName(row.figures.cell)}</span></th><td class="text">${row.figures.cell.guarantee}</td>${row.cells.map(
        ({ value, text }) => html`<td${value.kind === 'number' ? null : html` class="soft"`}>${text}</td>`,
      )}<td class="text ${row.oracle.passed ? 'good' : 'bad'}">${row.oracle.passed ? '✓' : '✗'} ${row.oracle.text}</td></tr>`,
  );
  const notes = table.notes.map((note, i) => html`<li value="${table.firstNote + i}">${note}</li>`);
  return html`<h3>${table.workload}</h3>${settingOf(table)}<div class="wide" tabindex="0" role="region" aria-label="Figures of ${table.workload}"><table><thead><tr><th scope="col" class="text">engine</th><th scope="col" class="text">guarantee</th>${headers}<th scope="col" class="text">oracle</th></tr></thead><tbody>${rows}</tbody></table></div>${
    notes.length === 0 ? null : html`<ol class="notes">${notes}</ol>`
  }`;
}

/** The tooltip; the link leads to all of it. */
const firstSentence = (text: string) => text.slice(0, text.indexOf('. ') + 1) || text;

function settingOf(table: Table): Markup | null {
  const rates = table.groups.flatMap((group) =>
    group.cells.map((cell) => cell.latency.value?.offeredRatePerSecond),
  );
  const known = [...new Set(rates.filter((rate) => rate !== undefined))];
  const floor = table.groups.find((group) => group.floor !== null)?.floor?.latency;
  if (known.length === 0) return null;
  return html`<p class="soft">Latency at ${known.map(significant).join(', ')} events/s offered.${
    floor?.p50 == null || floor.p99 == null
      ? null
      : ` Floor, the same path with no engine: p50 ${withUnit('us', floor.p50)}, p99 ${withUnit('us', floor.p99)}.`
  }</p>`;
}
