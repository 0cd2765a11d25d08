import { CrosscurrentError, EXIT_CODE } from '../../errors/index.ts';
import type { Terminal } from './terminal.ts';

/** Shows an error as the user should see it: code, message and what to do. Only a defect shows its stack. Returns the exit code. */
export function showError(terminal: Terminal, error: unknown): number {
  if (error instanceof CrosscurrentError) {
    terminal.note(`error ${error.code}: ${error.message}\n  ${error.hint}\n`);
    return EXIT_CODE[error.exit];
  }
  terminal.note('error CRASH: this is a defect of crosscurrent; please report it with what follows.\n');
  terminal.note(`${error instanceof Error ? (error.stack ?? error.message) : String(error)}\n`);
  return EXIT_CODE.crash;
}
