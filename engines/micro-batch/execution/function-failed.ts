import { CrosscurrentError } from '../../../errors/index.ts';
import { microBatchErrors } from '../errors.ts';

/** Which function was called, and what for, as errors name it. */
export interface FunctionCall {
  readonly dataflow: string;
  readonly function: string;
  readonly key: string | number;
  readonly batchId: number;
}

/**
 * What a batch fails with when a function of the user's threw: MICRO_BATCH_FUNCTION_FAILED, or the error itself where
 * it has a code and says what was wrong.
 */
export function functionFailed(error: unknown, named: FunctionCall): CrosscurrentError {
  if (error instanceof CrosscurrentError) return error;
  const reason = error instanceof Error ? error.message : String(error);
  return microBatchErrors.error('MICRO_BATCH_FUNCTION_FAILED', { ...named, reason }, error);
}
