import type { Sheet } from '../comparison/index.ts';
import { cleanText, html, type Markup } from '../markup/index.ts';

/** A small table, folded under its title; its caption stands above it. */
export function sheetTable(sheet: Sheet | null): Markup | null {
  if (sheet === null) return null;
  const rows = sheet.rows.map(
    ([head = '', ...cells]) =>
      html`<tr><th scope="row">${cleanText(head)}</th>${cells.map((cell) => html`<td${cell.length > LONGEST_FIGURE ? html` class="words"` : null}>${cleanText(cell)}</td>`)}</tr>`,
  );
  return html`<details class="prose" open><summary>${sheet.title}</summary><p class="legend">${sheet.caption}</p><div class="wide" tabindex="0" role="region" aria-label="${sheet.title}"><table class="sheet"><thead><tr>${sheet.headers.map(
    (header, i) => html`<th scope="col"${i === 0 ? html` class="text"` : null}>${header}</th>`,
  )}</tr></thead><tbody>${rows}</tbody></table></div></details>`;
}

/** What is longer is words, and may take several lines. */
const LONGEST_FIGURE = 34;
