import { type Key, keyGroupOf, slotOf } from '../state/index.ts';

/** Keys whose slot is kept; beyond that it is computed anew. */
const CACHED_KEYS = 100_000;

/** The slot that owns each key. */
export class KeyRouter {
  readonly #parallelism: number;
  readonly #maxParallelism: number;
  readonly #slots = new Map<Key, number>();

  constructor(parallelism: number, maxParallelism: number) {
    this.#parallelism = parallelism;
    this.#maxParallelism = maxParallelism;
  }

  slotFor(key: Key): number {
    const known = this.#slots.get(key);
    if (known !== undefined) {
      return known;
    }
    const slot = slotOf(keyGroupOf(key, this.#maxParallelism), this.#parallelism, this.#maxParallelism);
    if (this.#slots.size < CACHED_KEYS) {
      this.#slots.set(key, slot);
    }
    return slot;
  }
}
