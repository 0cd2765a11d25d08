import { drainSheet } from './drain-sheet.ts';
import type { Group } from './group.ts';
import { insideSheets } from './inside-sheets.ts';
import { recoverySheet } from './recovery-sheet.ts';
import type { Sheet } from './sheet.ts';
import { stagesSheet } from './stages-sheet.ts';
import { sustainSheets } from './sustain-sheets.ts';

/**
 * The small tables that stand under a workload's comparison table in text and Markdown. Where each cell has at most one kill, the
 * comparison table says all that the table of kills would.
 */
export function sheetsOf(group: Group): readonly Sheet[] {
  const kills = group.cells.map(({ recovery }) => recovery.value?.kills.length ?? 0);
  return [
    stagesSheet(group),
    drainSheet(group),
    ...sustainSheets(group),
    Math.max(0, ...kills) > 1 ? recoverySheet(group) : null,
    ...insideSheets(group),
  ].filter((sheet) => sheet !== null);
}
