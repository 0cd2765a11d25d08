import type { Sheet } from '../comparison/index.ts';
import { cleanText, html, type Markup } from '../markup/index.ts';

/** Small tables, each folded under its title; a caption that is the same as the one before is not said again. */
export function sheetTables(sheets: readonly (Sheet | null)[]): Markup {
  const shown = sheets.filter((sheet) => sheet !== null);
  return html`${shown.map((sheet, i) => sheetTable(sheet, shown[i - 1]?.caption !== sheet.caption))}`;
}

function sheetTable(sheet: Sheet, isCaptioned: boolean): Markup {
  const rows = sheet.rows.map(
    ([head = '', ...cells]) =>
      html`<tr><th scope="row">${cleanText(head)}</th>${cells.map((cell) => html`<td${cell.length > LONGEST_FIGURE ? html` class="words"` : null}>${cleanText(cell)}</td>`)}</tr>`,
  );
  return html`<details class="prose" open><summary>${sheet.title}</summary>${isCaptioned ? html`<p class="legend">${sheet.caption}</p>` : null}<div class="wide" tabindex="0" role="region" aria-label="${sheet.title}"><table class="sheet"><thead><tr>${sheet.headers.map(
    (header, i) => html`<th scope="col"${i === 0 ? html` class="text"` : null}>${header}</th>`,
  )}</tr></thead><tbody>${rows}</tbody></table></div></details>`;
}

/** What is longer is words, and may take several lines. */
const LONGEST_FIGURE = 34;
