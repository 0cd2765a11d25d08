import type { OutputRow } from './ports.ts';

/** Not by a spread, whose arguments would be more than the stack holds where a batch touches very many groups. */
export function appendRows(to: OutputRow[], rows: readonly OutputRow[]): void {
  for (const row of rows) to.push(row);
}
