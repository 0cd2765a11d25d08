import type { Group } from '../comparison/index.ts';
import type { Cell } from '../model/index.ts';

/** An id for a chart, unique on the page: the kind, the number of the group, and the number of the cell in it. */
export function chartId(kind: string, group: Group, cell?: Cell): string {
  const place = group.cells.findIndex((figures) => figures.cell === cell);
  return `${kind}-${group.number}${place < 0 ? '' : `-${place + 1}`}`;
}
