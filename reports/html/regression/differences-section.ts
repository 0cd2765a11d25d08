import { cleanText, html, type Markup } from '../../markup/index.ts';
import type { Difference, RegressionReport } from '../../regression/index.ts';

/** Fingerprints that differ between the sides, of the whole and of single cells; null where they are alike. */
export function differencesSection({ differences, cellDifferences }: RegressionReport): Markup | null {
  if (differences.length === 0 && cellDifferences.length === 0) return null;
  const whole =
    differences.length === 0
      ? null
      : html`<p>The sides were measured on unlike machines or brokers: no figure of one can be set against the other.</p>${drawTable('machine and broker', differences)}`;
  const cells = cellDifferences.map(({ workload, cell, guarantee, rows }) => {
    const name = `${cleanText(workload, 80)}, ${cleanText(cell, 120)}, ${cleanText(guarantee, 80)}`;
    return html`<h3>${name}</h3>${drawTable(name, rows)}`;
  });
  return html`<section class="keep" aria-labelledby="differences"><h2 id="differences">Not alike</h2>${whole}${
    cells.length === 0
      ? null
      : html`<p>These cells were not run alike on both sides, and are not compared.</p>${cells}`
  }</section>`;
}

function drawTable(name: string, rows: readonly Difference[]): Markup {
  return html`<div class="wide" tabindex="0" role="region" aria-label="Differences: ${name}"><table class="sheet"><thead><tr><th scope="col" class="text">what</th><th scope="col" class="text">base</th><th scope="col" class="text">head</th></tr></thead><tbody>${rows.map(
    (row) =>
      html`<tr><th scope="row">${cleanText(row.name, 80)}</th><td class="words">${cleanText(row.base)}</td><td class="words">${cleanText(row.head)}</td></tr>`,
  )}</tbody></table></div>`;
}
