import { type EngineName, loadDataflow, refuseMissing } from '../../engines/pipeline/index.ts';
import type { KafkaConnection } from '../../kafka/index.ts';
import { loadWorkload } from '../../workloads/index.ts';
import { harnessErrors } from '../errors.ts';
import { type Clusters, enginesElsewhere } from './clusters.ts';
import { pipelineNamed, pipelinesOn } from './engines.ts';
import type { CellPlan } from './plan.ts';

/**
 * Refuses before anything is started what would fail at the first run of a cell.
 *
 * @throws PIPELINE_SETTING_INVALID; PIPELINE_CAPABILITY_MISSING for a guarantee or a dataflow that is beyond the engine, and what else the
 * engine says of the dataflow; HARNESS_KILL_COMMAND_MISSING for a fault on a cluster that nothing here can send; HARNESS_ENGINE_ENDS for an
 * engine that would end in the middle of what is measured
 */
export async function requireRunnable(cells: readonly CellPlan[], clusters: Clusters = {}): Promise<void> {
  const pipelines = pipelinesOn(clusters);
  for (const cell of cells) {
    const { engine, capabilities, validate, endsOfItself } = pipelineNamed(cell.engine, pipelines);
    const workload = await loadWorkload(cell.workload);
    const options = workload.dataflowOptions(capabilities);
    const dataflow = await loadDataflow({ ...workload.dataflow, options });
    validate(dataflow, cell.settings, cell);
    refuseMissing(engine, capabilities, dataflow, cell.guarantee);
    // A backlog is there whole before the engine starts; everything else goes on after that.
    const measure = cell.measures.find((each) => each !== 'drain');
    if (measure !== undefined && endsOfItself?.(cell.settings)) {
      throw harnessErrors.error('HARNESS_ENGINE_ENDS', { engine, measure });
    }
    if (needsKillCommand(cell, clusters))
      throw harnessErrors.error('HARNESS_KILL_COMMAND_MISSING', { engine });
  }
}

/** Refuses a Kafka on which one of the engines cannot run. @throws FLINK_KAFKA_NEEDED, SPARK_KAFKA_NEEDED */
export function requireUsableKafka(engines: ReadonlySet<EngineName>, kafka: KafkaConnection): void {
  for (const engine of engines) pipelineNamed(engine).requireKafka?.(kafka);
}

/** Spark's driver is a process of this machine, also where its executors are on a cluster. */
function needsKillCommand({ engine, measures, faultTarget }: CellPlan, clusters: Clusters): boolean {
  return (
    measures.includes('recovery') &&
    enginesElsewhere(clusters).has(engine) &&
    clusters.killCommand === undefined &&
    !(engine === 'spark' && faultTarget === 'process')
  );
}
