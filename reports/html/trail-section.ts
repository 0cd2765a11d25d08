import { trailSheets } from '../frontier/index.ts';
import { html } from '../markup/index.ts';
import type { Result } from '../model/index.ts';
import type { Section } from './page-section.ts';
import { sheetTables } from './sheet-table.ts';

/** What settings moved, a table a setting and engine; null where no two configurations differ in one setting alone. */
export function trailSection(result: Result): Section | null {
  const sheets = trailSheets(result);
  if (sheets.length === 0) return null;
  const body = html`<section class="keep" aria-labelledby="trail"><h2 id="trail">Tuning trail</h2><p class="soft">What each setting moved, on one engine, where two configurations or more differ in it and in nothing else.</p>${sheetTables(sheets)}</section>`;
  return { id: 'trail', title: 'Tuning trail', body };
}
