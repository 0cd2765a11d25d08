import { CrosscurrentError } from '../../errors/index.ts';
import type { Floor } from '../../reports/model/index.ts';
import type { RunContext } from './context.ts';
import { floorRun } from './floor-run.ts';
import type { CellPlan } from './plan.ts';

/**
 * Measures floors one after the other. A refused one is tried again; the last attempt stands, with its remarks. One that fails is left
 * out, which costs the runs above it nothing but the comparison.
 *
 * @param told the end of each line of progress
 * @param add called with each floor as it is there
 */
export async function measureFloors(
  context: RunContext,
  plans: readonly CellPlan[],
  attempts: number,
  told: string,
  add: (floor: Floor) => Promise<void>,
): Promise<void> {
  for (const [index, plan] of plans.entries()) {
    for (let attempt = 1; attempt <= attempts; attempt += 1) {
      if (context.signal.aborted) return;
      const rate = Math.round(plan.ratePerSecond);
      context.progress(`floor ${index + 1}/${plans.length}, no engine: ${plan.workload} at ${rate}/s${told}`);
      const floor = await oneFloor(context, plan, `cc-${context.sessionId}-floor-${index + 1}-${attempt}`);
      const refused = floor?.remarks.filter(({ level }) => level === 'invalid') ?? [];
      if (refused.length > 0) context.progress(`refused: ${refused.map(({ code }) => code).join(', ')}`);
      if (floor && (refused.length === 0 || attempt === attempts)) {
        await add(floor);
        break;
      }
      if (!floor) break;
    }
  }
}

/** Undefined when it failed, or the user interrupted it. */
async function oneFloor(context: RunContext, plan: CellPlan, runId: string): Promise<Floor | undefined> {
  try {
    return await floorRun(context, plan, runId);
  } catch (error) {
    if (context.signal.aborted) return undefined;
    if (!(error instanceof CrosscurrentError)) throw error;
    context.progress(`no floor: ${error.code}: ${error.message}`);
    return undefined;
  }
}
