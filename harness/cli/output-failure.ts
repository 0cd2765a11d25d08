import { fileSystemRefusal } from './file-system-refusal.ts';
import { showError } from './show-error.ts';
import type { Terminal } from './terminal.ts';

/**
 * Says what happens when an output cannot be written. A reader that went away (`| head -1`) gets no more, and the command goes on to its exit
 * code, which may be a verdict. Any other failure of stdout, such as a full disk, ends the command: its result is lost.
 */
export function handleOutputFailure({ stdout, stderr, exit }: NodeJS.Process, terminal: Terminal): void {
  stdout.on('error', (error: NodeJS.ErrnoException) => {
    if (error.code !== 'EPIPE') exit(showError(terminal, fileSystemRefusal(error) ?? error));
  });
  // There is nowhere left to tell it.
  stderr.on('error', () => {});
}
