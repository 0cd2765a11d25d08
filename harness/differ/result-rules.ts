import { loadDataflow, requiredCapabilities } from '../../engines/pipeline/index.ts';
import { loadWorkload } from '../../workloads/index.ts';
import type { CellPlan, RunContext } from '../run/index.ts';
import type { ResultRules } from './compare-runs.ts';

/** A running value is compared by its last one: an engine may merge the changes between. */
export async function resultRules(context: RunContext, { engine, workload }: CellPlan): Promise<ResultRules> {
  const { resultIdentity, dependsOnStop, dataflow, dataflowOptions } = await loadWorkload(workload);
  const options = dataflowOptions(context.pipelines.get(engine)?.capabilities ?? new Set());
  const required = requiredCapabilities(await loadDataflow({ ...dataflow, options }));
  return {
    identity: resultIdentity ?? [],
    lastOfEach: required.some(
      ({ capability }) => capability === 'running-aggregate' || capability === 'window-changes',
    ),
    mayBeMissing: (fields) => dependsOnStop?.(fields) ?? false,
  };
}
