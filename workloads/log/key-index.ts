/** 32-bit FNV-1a (Fowler, Noll and Vo). */
const OFFSET_BASIS = 0x811c_9dc5;
const PRIME = 0x0100_0193;
const EMPTY = -1;

/** Finds keys by their UTF-8 within a record's bytes, so that no text is made to look one up: open addressing, at most half full. */
export class KeyIndex {
  readonly #slots: Int32Array;
  readonly #mask: number;
  /** All keys, one after the other: key i has the bytes #start[i] to #start[i + 1] - 1. */
  readonly #bytes: Uint8Array;
  readonly #start: Int32Array;

  /** @param keys distinct */
  constructor(keys: readonly string[]) {
    let capacity = 16;
    while (capacity < 2 * keys.length) capacity *= 2;
    this.#mask = capacity - 1;
    this.#slots = new Int32Array(capacity).fill(EMPTY);
    this.#bytes = Buffer.from(keys.join(''), 'utf8');
    this.#start = new Int32Array(keys.length + 1);
    for (const [index, key] of keys.entries()) {
      const start = this.#start[index] as number;
      const end = start + Buffer.byteLength(key, 'utf8');
      this.#start[index + 1] = end;
      let slot = this.#firstSlot(this.#bytes, start, end);
      while (this.#slots[slot] !== EMPTY) slot = (slot + 1) & this.#mask;
      this.#slots[slot] = index;
    }
  }

  /** Place in `keys` of the key that stands in `source` from `start` to `end`; -1 if it is none of them. */
  find(source: Uint8Array, start: number, end: number): number {
    let slot = this.#firstSlot(source, start, end);
    while (true) {
      const index = this.#slots[slot] as number;
      if (index === EMPTY || this.#isKey(index, source, start, end)) return index;
      slot = (slot + 1) & this.#mask;
    }
  }

  #isKey(index: number, source: Uint8Array, start: number, end: number): boolean {
    const keyStart = this.#start[index] as number;
    if ((this.#start[index + 1] as number) - keyStart !== end - start) return false;
    for (let at = start; at < end; at += 1) {
      if (source[at] !== this.#bytes[keyStart + at - start]) return false;
    }
    return true;
  }

  #firstSlot(source: Uint8Array, start: number, end: number): number {
    let hash = OFFSET_BASIS;
    for (let at = start; at < end; at += 1) hash = Math.imul(hash ^ (source[at] as number), PRIME);
    return (hash ^ (hash >>> 15)) & this.#mask;
  }
}
