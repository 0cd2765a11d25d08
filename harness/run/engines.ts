import { eventPipeline, eventVectorRunners } from '../../engines/event/index.ts';
import { FLINK, flinkPipeline, printFlinkVectors } from '../../engines/flink/index.ts';
import {
  explainDataflow,
  microBatchPipeline,
  microBatchVectorRunners,
} from '../../engines/micro-batch/index.ts';
import type { Dataflow, EngineName, Pipeline, VectorRunners } from '../../engines/pipeline/index.ts';
import { printSparkVectors, SPARK, sparkPipeline } from '../../engines/spark/index.ts';
import type { MavenProject } from '../../java/index.ts';
import { harnessErrors } from '../errors.ts';
import type { Clusters } from './clusters.ts';

export type Pipelines = ReadonlyMap<EngineName, Pipeline>;

/** The engines that can run here or on these clusters. Everything else knows them as Pipelines only. */
export function pipelinesOn({ flinkRestUrl, sparkMaster, killCommand }: Clusters): Pipelines {
  const kill = killCommand === undefined ? {} : { killCommand };
  const pipelines = [
    eventPipeline,
    flinkPipeline(flinkRestUrl === undefined ? {} : { restUrl: flinkRestUrl, ...kill }),
    microBatchPipeline,
    sparkPipeline(sparkMaster === undefined ? {} : { master: sparkMaster, ...kill }),
  ];
  return new Map(pipelines.map((pipeline) => [pipeline.engine, pipeline]));
}

/** The engines as they run here. */
const PIPELINES = pipelinesOn({});

/** Engines that need no download: they run when no others are named. */
export const EMBEDDED_ENGINES: readonly EngineName[] = [eventPipeline.engine, microBatchPipeline.engine];

/** What the other engines are made of. */
export const REAL_ENGINES: readonly MavenProject[] = [FLINK, SPARK];

/**
 * @param pipelines where the engines may run on clusters, which changes what can be done to them
 * @throws HARNESS_ENGINE_UNKNOWN
 */
export function pipelineNamed(engine: string, pipelines: Pipelines = PIPELINES): Pipeline {
  const pipeline = pipelines.get(engine as EngineName);
  if (!pipeline) {
    throw harnessErrors.error('HARNESS_ENGINE_UNKNOWN', { engine, known: [...PIPELINES.keys()].join(', ') });
  }
  return pipeline;
}

/** The plan that an engine makes of a valid dataflow, as text. */
export type Explainer = (dataflow: Dataflow) => string;

/** Of the engines that make one. */
export const EXPLAINERS: ReadonlyMap<EngineName, Explainer> = new Map([
  [microBatchPipeline.engine, explainDataflow],
]);

/** Print new vectors of the formats that the runners below know. */
export { printFlinkVectors, printSparkVectors };

/** Golden vector runners of all engines, by vector format. */
export const VECTOR_RUNNERS: VectorRunners = { ...eventVectorRunners, ...microBatchVectorRunners };
