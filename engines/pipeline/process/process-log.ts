import { closeSync, existsSync, mkdirSync, openSync, readFileSync, rmSync } from 'node:fs';
import { dirname } from 'node:path';

const TAIL_LINES = 20;

/** Where the engine's processes write what Node itself says: warnings, stacks, the report of a full heap. One file for all incarnations. */
export class ProcessLog {
  readonly path: string;

  constructor(stateFolder: string) {
    this.path = `${stateFolder}.log`;
  }

  /** Calls with a file descriptor to append to, which is closed after the call: the started process has its own copy. */
  open<Result>(use: (descriptor: number) => Result): Result {
    mkdirSync(dirname(this.path), { recursive: true });
    const descriptor = openSync(this.path, 'a');
    try {
      return use(descriptor);
    } finally {
      closeSync(descriptor);
    }
  }

  /** The last lines, for an error's text. */
  tail(): string {
    if (!existsSync(this.path)) return '(no log)';
    const lines = readFileSync(this.path, 'utf8').trimEnd().split('\n').slice(-TAIL_LINES).join('\n');
    return lines === '' ? '(the log is empty)' : lines;
  }

  remove(): void {
    rmSync(this.path, { force: true });
  }
}
