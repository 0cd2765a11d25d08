import type { StateStore } from '../state/index.ts';
import { DueTimes } from './due-times.ts';

/**
 * The due times of one state partition, kept in memory from batch to batch. After a restart, and after a batch that
 * failed, they are found anew by a scan of the state.
 */
export class StateDueTimes<Value> {
  readonly #dueOf: (value: Value, key: string) => number | undefined;
  #due = new DueTimes();
  /** The version of the state that they belong to; undefined: of none. */
  #version: number | undefined;

  /** @param dueOf when something is due for a key, by its state */
  constructor(dueOf: (value: Value, key: string) => number | undefined) {
    this.#dueOf = dueOf;
  }

  /** When the first key is due; -Infinity while that is not known. */
  get firstMs(): number {
    return this.#version === undefined ? Number.NEGATIVE_INFINITY : this.#due.firstMs;
  }

  /** Those of the store as it was loaded, to be changed with it; `committed` says that both were. */
  async open(store: Pick<StateStore<Value>, 'version' | 'scan'>): Promise<DueTimes> {
    if (this.#version !== store.version) {
      const found = new DueTimes();
      await store.scan((key, value) => found.set(key, this.#dueOf(value, key)));
      this.#due = found;
    }
    this.#version = undefined;
    return this.#due;
  }

  committed(version: number): void {
    this.#version = version;
  }
}
