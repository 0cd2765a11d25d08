import type { CrosscurrentError } from '../../errors/index.ts';
import type { Run } from '../../reports/model/index.ts';
import type { CellPlan, Measure } from './plan.ts';

/** A run that ended with an error: it has no figures, only the reason. */
export function failedRun(
  plan: CellPlan,
  measure: Measure,
  runId: string,
  startedAt: Date,
  error: CrosscurrentError,
): Run {
  return {
    kind: measure,
    runId,
    log: { sha256: '', records: 0, specification: { ...plan.log, workload: plan.workload, seed: plan.seed } },
    startedAt: startedAt.toISOString(),
    wallMs: Date.now() - startedAt.getTime(),
    outcome: 'failed',
    remarks: [{ code: error.code, message: `${error.message} ${error.hint}`, level: 'invalid' }],
    verification: null,
    cost: null,
    machineUse: null,
    driver: null,
    phasesMs: null,
    introspection: null,
    batches: null,
    figures: null,
  };
}
