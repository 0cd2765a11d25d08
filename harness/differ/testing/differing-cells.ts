import type { EngineName } from '../../../engines/pipeline/index.ts';
import { type CellPlan, cellDefaults } from '../../run/index.ts';

/** Cells that differ in their engine alone; the log has late and broken records as far as its workload knows them. */
export async function cellsOn(
  workload: string,
  engines: readonly EngineName[],
  events: number,
): Promise<CellPlan[]> {
  return await Promise.all(
    engines.map(async (engine) => {
      const cell = await cellDefaults(workload, engine, 11);
      const lateShare = cell.log.lateShare === 0 ? 0 : 0.05;
      return { ...cell, drainEvents: events, log: { ...cell.log, keys: 50, brokenShare: 0.01, lateShare } };
    }),
  );
}
