import type { Cell } from '../model/index.ts';

/** An id for a chart, from names that the schema limits to letters and dashes, and the profile reduced to them. */
export function chartId(kind: string, cell: Pick<Cell, 'workload' | 'guarantee'>, engine?: Cell): string {
  const series =
    engine === undefined
      ? ''
      : `-${engine.engine}-${engine.profile.replaceAll(/[^a-z0-9-]/gi, '_').slice(0, 40)}`;
  return `${kind}-${cell.workload}-${cell.guarantee}${series}`;
}
