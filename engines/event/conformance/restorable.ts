import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createHeapBackend, type StateBackend } from '../state/index.ts';

const MAX_PARALLELISM = 128;

/**
 * Something on keyed state that can be thrown away and made again from a snapshot file, as a restart does.
 */
export class Restorable<Subject> {
  readonly #make: (state: StateBackend) => Subject;
  #state: StateBackend;
  #subject: Subject;

  /** `make` declares its state on an empty backend. */
  constructor(make: (state: StateBackend) => Subject) {
    this.#make = make;
    this.#state = emptyBackend();
    this.#subject = make(this.#state);
  }

  get subject(): Subject {
    return this.#subject;
  }

  async snapshotAndRestore(): Promise<void> {
    const folder = await mkdtemp(join(tmpdir(), 'crosscurrent-vector-'));
    try {
      const file = join(folder, 'state');
      await this.#state.snapshot().write(file);
      await this.#state.close();
      this.#state = emptyBackend();
      this.#subject = this.#make(this.#state);
      await this.#state.restore([file]);
    } finally {
      await rm(folder, { recursive: true });
    }
  }
}

function emptyBackend(): StateBackend {
  return createHeapBackend(MAX_PARALLELISM, { first: 0, last: MAX_PARALLELISM - 1 });
}
