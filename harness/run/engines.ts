import { eventPipeline, eventVectorRunners } from '../../engines/event/index.ts';
import { flinkPipeline } from '../../engines/flink/index.ts';
import { microBatchPipeline, microBatchVectorRunners } from '../../engines/micro-batch/index.ts';
import type { EngineName, Pipeline, VectorRunners } from '../../engines/pipeline/index.ts';
import { sparkPipeline } from '../../engines/spark/index.ts';
import { harnessErrors } from '../errors.ts';

/** The engines that can run here. Everything else knows them as Pipelines only. */
export const PIPELINES: ReadonlyMap<EngineName, Pipeline> = new Map(
  [eventPipeline, flinkPipeline(), microBatchPipeline, sparkPipeline()].map((pipeline) => [
    pipeline.engine,
    pipeline,
  ]),
);

/** @throws HARNESS_ENGINE_UNKNOWN */
export function pipelineNamed(engine: string): Pipeline {
  const pipeline = PIPELINES.get(engine as EngineName);
  if (!pipeline) {
    throw harnessErrors.error('HARNESS_ENGINE_UNKNOWN', { engine, known: [...PIPELINES.keys()].join(', ') });
  }
  return pipeline;
}

/** Golden vector runners of all engines, by vector format. */
export const VECTOR_RUNNERS: VectorRunners = { ...eventVectorRunners, ...microBatchVectorRunners };
