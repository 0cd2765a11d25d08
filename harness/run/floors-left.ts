import type { Floor } from '../../reports/model/index.ts';
import { plannedMs } from './estimate.ts';
import type { CellPlan } from './plan.ts';

/** Beside runs a floor's percentiles need no longer stretch, and a long run should not pay for it twice. */
export const LONGEST_FLOOR_MS = 20_000;

/** Equal for cells that share a floor: same workload, same schedule. */
function floorKey({ workload, ratePerSecond, schedule }: CellPlan): string {
  return JSON.stringify([workload, ratePerSecond, schedule ?? null]);
}

/** What is still to be measured without an engine, by key: each workload at each rate, as the first cell at it has it. */
export function floorsLeft(
  cells: readonly CellPlan[],
  measured: readonly Floor[],
  longestMs: number,
): ReadonlyMap<string, CellPlan> {
  const left = new Map<string, CellPlan>();
  for (const cell of cells) {
    const isThere = measured.some(
      (floor) => floor.workload === cell.workload && floor.offeredRatePerSecond === cell.ratePerSecond,
    );
    const key = floorKey(cell);
    if (isThere || left.has(key)) continue;
    left.set(key, { ...cell, durationMs: Math.min(cell.durationMs, longestMs) });
  }
  return left;
}

/** How long these floors take, milliseconds: each a backlog as a drain has it, then a stretch at the rate. */
export function plannedFloorsMs(floors: ReadonlyMap<string, CellPlan>): number {
  return [...floors.values()].reduce(
    (sum, plan) => sum + plannedMs(plan, 'latency') + plannedMs(plan, 'drain'),
    0,
  );
}
