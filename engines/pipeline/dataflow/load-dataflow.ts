import { CrosscurrentError } from '../../../errors/index.ts';
import { pipelineErrors } from '../errors.ts';
import type { Dataflow } from './nodes.ts';
import { validateDataflow } from './validate-dataflow.ts';

/** Where an engine process finds the dataflow: it imports the module and calls the export with the options. */
export interface DataflowReference {
  /** file: URL */
  readonly module: string;
  /** Name of a function (options) => Dataflow. */
  readonly export: string;
  /** What JSON holds. */
  readonly options: unknown;
}

/**
 * Imports the module of the reference, calls the export with the options, and validates what it returns.
 *
 * @throws PIPELINE_DATAFLOW_NOT_FOUND when the module or the export is not there or fails; PIPELINE_DATAFLOW_INVALID.
 */
export async function loadDataflow(reference: DataflowReference): Promise<Dataflow> {
  const notFound = (reason: string, cause?: unknown) =>
    pipelineErrors.error(
      'PIPELINE_DATAFLOW_NOT_FOUND',
      { module: reference.module, export: reference.export, reason },
      cause,
    );
  const exports: Record<string, unknown> = await import(reference.module).catch((error: Error) => {
    throw notFound(error.message, error);
  });
  const build = exports[reference.export];
  if (typeof build !== 'function') throw notFound('there is no function of that name');
  const dataflow = call(() => build(reference.options), notFound);
  if (!Array.isArray(dataflow?.nodes)) throw notFound('the function returns no dataflow');
  validateDataflow(dataflow);
  return dataflow;
}

function call(build: () => Dataflow, notFound: (reason: string, cause: unknown) => Error): Dataflow {
  try {
    return build();
  } catch (error) {
    if (error instanceof CrosscurrentError) throw error;
    throw notFound(error instanceof Error ? error.message : String(error), error);
  }
}
