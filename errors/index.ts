export { CrosscurrentError, type ErrorDefinition, type ErrorDetails } from './crosscurrent-error.ts';
export { defineErrors, type ErrorArea } from './define-errors.ts';
export { EXIT_CODE, type ExitReason } from './exit-code.ts';
export { fromWireError, toWireError, type WireError } from './wire-error.ts';
