import { CrosscurrentError } from '../../../errors/index.ts';
import { microBatchErrors } from '../errors.ts';

/** Which function is called, and what for, as errors name it. */
export interface FunctionCall {
  readonly dataflow: string;
  readonly function: string;
  readonly key: string | number;
  readonly batchId: number;
}

/**
 * Calls a function of the user's. What it throws fails the batch as MICRO_BATCH_FUNCTION_FAILED, but for errors with a
 * code, which say themselves what was wrong.
 */
export function callFunction(call: () => void, named: FunctionCall): void {
  try {
    call();
  } catch (error) {
    if (error instanceof CrosscurrentError) throw error;
    const reason = error instanceof Error ? error.message : String(error);
    throw microBatchErrors.error('MICRO_BATCH_FUNCTION_FAILED', { ...named, reason }, error);
  }
}
