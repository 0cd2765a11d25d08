import { html } from '../markup/index.ts';
import type { Result } from '../model/index.ts';
import { ratioSheet } from '../real-ratios/index.ts';
import type { Section } from './page-section.ts';
import { sheetTables } from './sheet-table.ts';

/** Each embedded engine against the system that it models; none where a result has no real system. */
export function ratioSections(result: Result): readonly Section[] {
  const sheet = ratioSheet(result);
  if (sheet === null) return [];
  const title = 'Against the real systems';
  const body = html`<section aria-labelledby="ratios"><h2 id="ratios">${title}</h2>${sheetTables([sheet])}</section>`;
  return [{ id: 'ratios', title, body }];
}
