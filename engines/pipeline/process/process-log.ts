import { closeSync, existsSync, mkdirSync, openSync, readFileSync, rmSync } from 'node:fs';
import { dirname } from 'node:path';

const TAIL_LINES = 20;
/** Of Node and of Java. */
const STACK_FRAME = /^\s+(at |\.\.\. \d+ more)/;

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

  /** The last lines, for an error's text; frames of stacks stay in the log, where they would hide what they are of. */
  tail(): string {
    if (!existsSync(this.path)) return '(no log)';
    const lines = readFileSync(this.path, 'utf8').trimEnd().split('\n');
    const told = lines.filter((line) => !STACK_FRAME.test(line)).slice(-TAIL_LINES);
    return told.join('\n') || '(the log is empty)';
  }

  remove(): void {
    rmSync(this.path, { force: true });
  }
}
