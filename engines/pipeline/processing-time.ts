import { pipelineErrors } from './errors.ts';

/** For a function that asks for processing time without `onProcessingTimeTimer`, on every engine alike: PIPELINE_PROCESSING_TIME_UNDECLARED. */
export function processingTimeUndeclared(): Error {
  return pipelineErrors.error('PIPELINE_PROCESSING_TIME_UNDECLARED');
}
