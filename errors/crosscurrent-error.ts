import type { ExitReason } from './exit-code.ts';

/** One row of an area's table of errors. Texts may hold `{name}` placeholders, filled from the error's details. */
export interface ErrorDefinition {
  /** What happened, in one sentence. */
  readonly message: string;
  /** What the user should do next. */
  readonly hint: string;
  /** Which exit code the CLI ends with when this error reaches it. */
  readonly exit: ExitReason;
}

export type ErrorDetails = Readonly<Record<string, string | number | boolean>>;

/** An expected failure: it is shown as code, message and hint, never with a stack trace. */
export class CrosscurrentError extends Error {
  readonly code: string;
  readonly hint: string;
  readonly exit: ExitReason;
  readonly details: ErrorDetails;

  constructor(code: string, definition: ErrorDefinition, details: ErrorDetails = {}, cause?: unknown) {
    super(fill(definition.message, details), cause === undefined ? undefined : { cause });
    this.name = 'CrosscurrentError';
    this.code = code;
    this.hint = fill(definition.hint, details);
    this.exit = definition.exit;
    this.details = details;
  }
}

function fill(text: string, details: ErrorDetails): string {
  return text.replaceAll(/\{(\w+)\}/g, (whole, name: string) => String(details[name] ?? whole));
}
