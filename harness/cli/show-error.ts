import { CrosscurrentError, EXIT_CODE } from '../../errors/index.ts';
import { fileSystemRefusal } from './file-system-refusal.ts';
import type { Terminal } from './terminal.ts';

/** Shows an error as the user should see it: code, message and what to do. Only a defect shows its stack. Returns the exit code. */
export function showError(terminal: Terminal, error: unknown): number {
  const expected = error instanceof CrosscurrentError ? error : fileSystemRefusal(error);
  if (expected !== null) {
    terminal.note(inert(`error ${expected.code}: ${expected.message}\n  ${expected.hint}\n`));
    return EXIT_CODE[expected.exit];
  }
  terminal.note('error CRASH: this is a defect of crosscurrent; please report it with what follows.\n');
  terminal.note(`${error instanceof Error ? (error.stack ?? error.message) : String(error)}\n`);
  return EXIT_CODE.crash;
}

/** A message may quote a file's name or text, and neither may act on the terminal. */
const inert = (text: string): string =>
  text.replaceAll(/[^\P{Cc}\n\t]|[\u202a-\u202e\u2066-\u2069]/gu, '\ufffd');
