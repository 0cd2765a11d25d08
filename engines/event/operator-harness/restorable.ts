import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createHeapBackend, type StateBackend } from '../state/index.ts';

export const MAX_PARALLELISM = 128;

/** Opens an empty backend for all key groups of MAX_PARALLELISM. */
export type OpenBackend = () => Promise<StateBackend>;

export const openHeapBackend: OpenBackend = async () =>
  createHeapBackend(MAX_PARALLELISM, { first: 0, last: MAX_PARALLELISM - 1 });

/** Something on keyed state that can be thrown away and made again from a snapshot file, as a restart does. */
export class Restorable<Subject> {
  readonly #open: OpenBackend;
  readonly #make: (state: StateBackend) => Subject;
  #state: StateBackend;
  #subject: Subject;

  private constructor(open: OpenBackend, make: (state: StateBackend) => Subject, state: StateBackend) {
    this.#open = open;
    this.#make = make;
    this.#state = state;
    this.#subject = make(state);
  }

  /** `make` declares its state on an empty backend. */
  static async create<Subject>(
    open: OpenBackend,
    make: (state: StateBackend) => Subject,
  ): Promise<Restorable<Subject>> {
    return new Restorable(open, make, await open());
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
      this.#state = await this.#open();
      this.#subject = this.#make(this.#state);
      await this.#state.restore([file]);
    } finally {
      await rm(folder, { recursive: true });
    }
  }

  close(): Promise<void> {
    return this.#state.close();
  }
}
