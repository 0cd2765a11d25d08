import { CrosscurrentError } from '../../errors/index.ts';
import type { ThreadFailure } from './protocol.ts';

/** Errors lose their class on the way between threads; an expected one takes its code, message, hint and exit reason along. */
export function toThreadFailure(error: unknown): ThreadFailure {
  if (!(error instanceof CrosscurrentError)) return { kind: 'unexpected', error };
  const { code, message, hint, exit } = error;
  return { kind: 'expected', code, message, hint, exit };
}

export function fromThreadFailure(failure: ThreadFailure): unknown {
  switch (failure.kind) {
    case 'expected':
      return new CrosscurrentError(failure.code, failure);
    case 'unexpected':
      return failure.error;
  }
}
