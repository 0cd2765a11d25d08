import { CrosscurrentError } from '../../errors/index.ts';
import type { Floor } from '../../reports/model/index.ts';
import type { RunContext } from './context.ts';
import { floorRun } from './floor-run.ts';
import type { CellPlan } from './plan.ts';

/** Measures a floor once; undefined when that failed, which costs the runs above it nothing but the comparison, or the user interrupted it. */
export async function oneFloor(
  context: RunContext,
  plan: CellPlan,
  runId: string,
): Promise<Floor | undefined> {
  try {
    return await floorRun(context, plan, runId);
  } catch (error) {
    if (context.signal.aborted) return undefined;
    if (!(error instanceof CrosscurrentError)) throw error;
    context.progress(`no floor: ${error.code}: ${error.message}`);
    return undefined;
  }
}
