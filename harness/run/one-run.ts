import { CrosscurrentError } from '../../errors/index.ts';
import type { Run } from '../../reports/model/index.ts';
import type { RunContext } from './context.ts';
import { drainRun } from './drain-run.ts';
import { failedRun } from './failed-run.ts';
import { latencyRun } from './latency-run.ts';
import type { CellPlan, Measure } from './plan.ts';
import { recoveryRun } from './recovery-run.ts';
import { sustainRun } from './sustain-run.ts';

/** Measures a cell once. An expected failure is a run too, one without figures; undefined when the user interrupted it. */
export async function oneRun(
  context: RunContext,
  plan: CellPlan,
  measure: Measure,
  runId: string,
): Promise<Run | undefined> {
  const startedAt = new Date();
  try {
    return await measured(context, plan, measure, runId);
  } catch (error) {
    if (context.signal.aborted) return undefined;
    if (!(error instanceof CrosscurrentError)) throw error;
    context.progress(`${error.code}: ${error.message}`);
    return failedRun(plan, measure, runId, startedAt, error);
  }
}

async function measured(context: RunContext, plan: CellPlan, measure: Measure, runId: string): Promise<Run> {
  switch (measure) {
    case 'latency':
      return await latencyRun(context, plan, runId);
    case 'drain':
      return await drainRun(context, plan, runId);
    case 'recovery':
      return await recoveryRun(context, plan, runId);
    case 'sustain':
      return await sustainRun(context, plan, runId);
    default:
      return measure satisfies never;
  }
}
