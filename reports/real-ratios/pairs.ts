import { type CellFigures, type Group, groupsOf, isSameContest } from '../comparison/index.ts';
import type { Cell, Result } from '../model/index.ts';

/** An embedded engine and the system that it models, on the same workload under the same guarantee. */
export interface RealPair {
  readonly group: Group;
  readonly embedded: CellFigures;
  readonly real: CellFigures;
}

/** Every real system of a result with the engine modelled on it: that of the same profile, else the one with the default profile. */
export function realPairsOf(result: Result): readonly RealPair[] {
  return groupsOf(result).flatMap((group) =>
    group.cells.flatMap((real): RealPair[] => {
      const engine = modelOf(real.cell.engine);
      const rivals = group.cells.filter(
        ({ cell }) => cell.engine === engine && isSameContest(cell, real.cell),
      );
      const embedded =
        rivals.find(({ cell }) => cell.profile === real.cell.profile) ??
        rivals.find(({ cell }) => cell.profile === 'default');
      return embedded === undefined ? [] : [{ group, embedded, real }];
    }),
  );
}

function modelOf(engine: Cell['engine']): Cell['engine'] | null {
  switch (engine) {
    case 'flink':
      return 'event';
    case 'spark':
      return 'micro-batch';
    case 'event':
    case 'micro-batch':
      return null;
  }
}
