import { CrosscurrentError, type ErrorDetails } from './crosscurrent-error.ts';
import type { ExitReason } from './exit-code.ts';

/** An error as it crosses the border of a process or a thread, where it would lose its class. */
export type WireError =
  | {
      readonly kind: 'expected';
      readonly code: string;
      readonly message: string;
      readonly hint: string;
      readonly exit: ExitReason;
      readonly details: ErrorDetails;
    }
  | { readonly kind: 'unexpected'; readonly message: string; readonly stack: string };

/** An expected failure keeps its code, message, hint and exit reason; of any other error the message and the stack remain. */
export function toWireError(error: unknown): WireError {
  if (error instanceof CrosscurrentError) {
    const { code, message, hint, exit, details } = error;
    return { kind: 'expected', code, message, hint, exit, details };
  }
  if (error instanceof Error) {
    return { kind: 'unexpected', message: error.message, stack: error.stack ?? error.message };
  }
  return { kind: 'unexpected', message: String(error), stack: String(error) };
}

export function fromWireError(wire: WireError): Error {
  switch (wire.kind) {
    case 'expected':
      return new CrosscurrentError(
        wire.code,
        { message: wire.message, hint: wire.hint, exit: wire.exit },
        wire.details,
      );
    case 'unexpected': {
      const error = new Error(wire.message);
      error.stack = wire.stack;
      return error;
    }
  }
}
