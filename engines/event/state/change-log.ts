/**
 * Keys that one slot may remember, some 25 MB. Above it the next snapshot is a full one: of state that outgrows the heap an interval
 * that changes more than this is seldom a small part.
 */
const MAX_KEYS = 262_144;

/** Keys of the store that were written since the last snapshot. */
export class ChangeLog {
  #keys: Set<string> | undefined = new Set();

  /** Takes note of a key of the store. */
  add(storeKey: Buffer): void {
    if (this.#keys === undefined) return;
    // one character a byte, so that equal keys meet
    this.#keys.add(storeKey.toString('latin1'));
    if (this.#keys.size > MAX_KEYS) this.#keys = undefined;
  }

  /** Whether it can take so many more keys. */
  hasRoomFor(keys: number): boolean {
    return this.#keys !== undefined && this.#keys.size + keys <= MAX_KEYS;
  }

  /** Each as text of one character a byte; undefined if there were too many. */
  get keys(): ReadonlySet<string> | undefined {
    return this.#keys;
  }
}
