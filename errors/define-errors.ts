import { CrosscurrentError, type ErrorDefinition, type ErrorDetails } from './crosscurrent-error.ts';

export interface ErrorArea<Code extends string> {
  /** The area's rows, for the generated reference in docs/errors.md. */
  readonly table: Readonly<Record<Code, ErrorDefinition>>;
  /** Makes (does not throw) the error of a row. */
  error(code: Code, details?: ErrorDetails, cause?: unknown): CrosscurrentError;
}

/**
 * Declares the errors of one area of the code as a table from code to message, hint and exit reason.
 *
 * @example
 * const kafkaErrors = defineErrors({ KAFKA_UNREACHABLE: { message: 'No broker answers at {address}.', hint: '…', exit: 'usage' } });
 * throw kafkaErrors.error('KAFKA_UNREACHABLE', { address: 'localhost:9092' });
 */
export function defineErrors<Code extends string>(
  table: Readonly<Record<Code, ErrorDefinition>>,
): ErrorArea<Code> {
  return {
    table,
    error: (code, details, cause) => new CrosscurrentError(code, table[code], details, cause),
  };
}
