import { cleanText, html, type Markup } from '../../markup/index.ts';
import { metric } from '../../model/index.ts';
import type { RegressionReport, RegressionRow } from '../../regression/index.ts';
import { medianCell, probabilityCell, ratioCell, rowScale } from './figures.ts';
import { runDots } from './run-dots.ts';
import { verdictMark } from './verdict-mark.ts';

/** All rows, one table a workload, with the runs of both sides as dots. */
export function rowsSection({ rows }: RegressionReport): Markup {
  const workloads = [...new Set(rows.map(({ workload }) => workload))];
  return html`<section aria-labelledby="rows"><h2 id="rows">Every metric</h2><p class="legend">Dots: one a run, least to greatest of both sides. Base above, hollow; head below, filled; a stroke at each median.</p>${workloads.map(
    (workload) =>
      workloadTable(
        workload,
        rows.filter((row) => row.workload === workload),
      ),
  )}</section>`;
}

function workloadTable(workload: string, rows: readonly RegressionRow[]): Markup {
  const name = cleanText(workload, 80);
  return html`<h3>${name}</h3><div class="wide" tabindex="0" role="region" aria-label="Every metric of ${name}"><table class="runs"><thead><tr><th scope="col" class="text">cell</th><th scope="col" class="text">metric</th><th scope="col">base</th><th scope="col">head</th><th scope="col" class="text">runs</th><th scope="col">head over base</th><th scope="col">p<small>after Holm</small></th><th scope="col" class="text">verdict</th></tr></thead><tbody>${rows.map(drawRow)}</tbody></table></div>`;
}

function drawRow(row: RegressionRow): Markup {
  const { sign, tone } = verdictMark(row.verdict);
  const units = rowScale(row);
  return html`<tr><th scope="row">${cleanText(row.cell, 120)}, ${row.guarantee}</th><td class="text"><a href="#metric-${row.metric}">${metric(row.metric).title}</a></td>${medianCell(row.base, units)}${medianCell(row.head, units)}<td class="text">${runDots(row, units)}</td>${ratioCell(
    row,
  )}${probabilityCell(row)}<td class="text ${tone}" title="${cleanText(row.sentence)}"><span aria-hidden="true">${sign}</span> ${row.verdict}</td></tr>`;
}
