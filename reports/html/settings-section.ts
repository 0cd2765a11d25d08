import { type Group, groupsOf, seriesName } from '../comparison/index.ts';
import { cleanText, html, type Markup } from '../markup/index.ts';
import type { Result } from '../model/index.ts';

/** The symmetry sheet: all settings in force side by side, rows that differ marked. */
export function settingsSection(result: Result): Markup {
  return html`<section aria-labelledby="settings"><h2 id="settings">Settings, side by side</h2><p class="soft">Rows marked ≠ differ between the engines. A setting that only one model has shows – for the other.</p>${groupsOf(result).map(sheet)}</section>`;
}

function sheet(group: Group): Markup {
  const names = [...new Set(group.cells.flatMap(({ cell }) => cell.settings.map(({ name }) => name)))];
  const rows = names.map((name) => {
    const values = group.cells.map(
      ({ cell }) => cell.settings.find((setting) => setting.name === name)?.value ?? null,
    );
    const differs = new Set(values).size > 1;
    return html`<tr${differs ? html` class="differs"` : null}><th scope="row">${differs ? '≠ ' : ''}${cleanText(name)}</th>${values.map(
      (value) => html`<td class="text">${value === null ? '–' : cleanText(value)}</td>`,
    )}</tr>`;
  });
  return html`<details class="prose"><summary>${group.workload}, ${group.guarantee}</summary><div class="wide" tabindex="0" role="region" aria-label="Settings of ${group.workload}, ${group.guarantee}"><table><thead><tr><th scope="col" class="text">setting</th>${group.cells.map(
    ({ cell }) => html`<th scope="col" class="text">${seriesName(cell)}</th>`,
  )}</tr></thead><tbody>${rows}</tbody></table></div></details>`;
}
