import {
  differingRows,
  type Group,
  groupsOf,
  refusedComparisons,
  seriesName,
  symmetrySheet,
} from '../comparison/index.ts';
import { cleanText, html, type Markup } from '../markup/index.ts';
import type { Cell, Result } from '../model/index.ts';
import { sheetTables } from './sheet-table.ts';

/** The symmetry sheet: all settings in force side by side with their sources, rows that differ marked, and what is not ranked for it. */
export function settingsSection(result: Result): Markup {
  const refused = refusedComparisons(result);
  return html`<section aria-labelledby="settings"><h2 id="settings">Settings, side by side</h2><p class="soft">Rows marked ≠ differ between two sides that both have the setting; unless a cell names the row as its variable (marked ↔), the two are not ranked. A setting that only one model has shows – for the other. Below each value: where it is from, and the default of the system itself where the harness has another.</p>${
    refused.length === 0
      ? null
      : html`<ul class="notes bad">${refused.map(({ code, message, workload, guarantee }) => html`<li>${cleanText(`${workload}, ${guarantee}: ${code}: ${message}`)}</li>`)}</ul>`
  }${sheetTables([symmetrySheet(result)])}${groupsOf(result).map(sheet)}</section>`;
}

function sheet(group: Group): Markup {
  const cells = group.cells.map((figures) => figures.cell);
  const names = [...new Set(cells.flatMap(({ settings }) => settings.map(({ name }) => name)))];
  const unequal = new Set(
    cells.flatMap((one, i) =>
      cells.slice(i + 1).flatMap((other) => differingRows(one, other).map(({ name }) => name)),
    ),
  );
  const rows = names.map((name) => {
    const mark = unequal.has(name)
      ? '≠ '
      : cells.some(({ variables }) => Object.hasOwn(variables, name))
        ? '↔ '
        : '';
    return html`<tr${mark === '≠ ' ? html` class="differs"` : null}><th scope="row">${mark}${cleanText(name)}</th>${cells.map((cell) => settingCell(cell, name))}</tr>`;
  });
  const title = `${group.workload}, ${group.guarantee}`;
  return html`<details class="prose"><summary>${title}</summary><div class="wide" tabindex="0" role="region" aria-label="Settings of ${title}"><table><thead><tr><th scope="col" class="text">setting</th>${cells.map(
    (cell) => html`<th scope="col" class="text">${seriesName(cell)}</th>`,
  )}</tr></thead><tbody>${rows}</tbody></table></div></details>`;
}

function settingCell({ settings }: Cell, name: string): Markup {
  const setting = settings.find((one) => one.name === name);
  return setting === undefined
    ? html`<td class="text">–</td>`
    : html`<td class="text">${cleanText(setting.value)}<small>${setting.source}${setting.systemDefault === undefined ? null : cleanText(`; of the system itself: ${setting.systemDefault}`)}</small></td>`;
}
