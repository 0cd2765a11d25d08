import { cleanText, html, type Markup } from '../../markup/index.ts';
import { metric } from '../../model/index.ts';
import { percent } from '../../numbers/index.ts';
import type { RegressionReport, RegressionRow } from '../../regression/index.ts';
import { changedRows } from './changed-rows.ts';
import { medianCell, probabilityCell, ratioCell, rowScale } from './figures.ts';
import { type BarScale, barHeader, barScale, ratioBar } from './ratio-bar.ts';
import { verdictMark } from './verdict-mark.ts';

/** The rows that changed, regressions first, each with its ratio as a bar and the sentence that says why. */
export function changedSection(report: RegressionReport): Markup {
  const rows = changedRows(report);
  const scale = barScale(rows);
  const body =
    rows.length === 0
      ? html`<p>Nothing is called changed: no metric regressed, improved, went missing or is new.</p>`
      : html`<p class="legend">Bars: head over base with its 95 % interval, logarithmic. <span class="swatch least"></span> smaller than the minimum effect, which is called no change (least). A regression at level error fails the comparison, at level warn it is told.</p><div class="wide" tabindex="0" role="region" aria-label="Metrics that changed"><table class="changes"><thead><tr><th scope="col" class="text">cell</th><th scope="col" class="text">metric</th><th scope="col" class="text">verdict</th><th scope="col">base</th><th scope="col">head</th><th scope="col">head over base</th><th scope="col" class="text">ratio<small>${barHeader(
          scale,
        )}</small></th><th scope="col">p<small>after Holm</small></th><th scope="col" class="text">why</th></tr></thead><tbody>${rows.map((row) => drawRow(row, scale))}</tbody></table></div>`;
  return html`<section class="keep" aria-labelledby="changed"><h2 id="changed">What changed</h2>${body}</section>`;
}

function drawRow(row: RegressionRow, scale: BarScale): Markup {
  const { sign, tone } = verdictMark(row.verdict);
  const units = rowScale(row);
  const second =
    row.confirmation === null ? null : html`<small>${row.confirmation} by a second measurement</small>`;
  return html`<tr><th scope="row">${cleanText(row.workload, 80)}<br>${cleanText(row.cell, 120)}<br><span class="soft">${row.guarantee}</span></th><td class="text"><a href="#metric-${row.metric}">${metric(row.metric).title}</a><small>least ${percent(row.minimumEffect)}</small></td><td class="text ${tone}"><span aria-hidden="true">${sign}</span> ${row.verdict}<small>level ${row.level}</small>${second}</td>${medianCell(row.base, units)}${medianCell(
    row.head,
    units,
  )}${ratioCell(row)}<td class="text">${ratioBar(row, scale)}</td>${probabilityCell(row)}<td class="words">${cleanText(row.sentence)}</td></tr>`;
}
