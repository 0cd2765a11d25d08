const FIRST_CAPACITY = 1024;
const EMPTY = -1;

/**
 * Gives texts dense ids, 0, 1, 2, ... in the order of their first appearance. A known text is found by its bytes, without making a
 * string. Open addressing with linear probing, at most half full; the hash is FNV-1a, 32 bit.
 */
export class StringDictionary {
  #slots = new Int32Array(2 * FIRST_CAPACITY).fill(EMPTY);
  #hashes = new Int32Array(FIRST_CAPACITY);
  /** Where the bytes of id i start in the arena; they end where those of i + 1 start. */
  #starts = new Int32Array(FIRST_CAPACITY + 1);
  #arena = Buffer.alloc(16 * FIRST_CAPACITY);
  readonly #texts: (string | undefined)[] = [];

  get size(): number {
    return this.#texts.length;
  }

  /** Id of the UTF-8 text in [start, end), new or known. */
  idOf(buffer: Uint8Array, start: number, end: number): number {
    const hash = hashOf(buffer, start, end);
    const mask = this.#slots.length - 1;
    let slot = (hash ^ (hash >>> 15)) & mask;
    for (;;) {
      const id = this.#slots[slot] as number;
      if (id === EMPTY) return this.#add(buffer, start, end, hash, slot);
      if (this.#hashes[id] === hash && this.#equals(id, buffer, start, end)) return id;
      slot = (slot + 1) & mask;
    }
  }

  /** Id of a text, new or known. */
  idOfText(text: string): number {
    const bytes = Buffer.from(text);
    const id = this.idOf(bytes, 0, bytes.length);
    this.#texts[id] ??= text;
    return id;
  }

  /** The text of an id that this dictionary gave; made once. */
  text(id: number): string {
    let text = this.#texts[id];
    if (text === undefined) {
      text = this.#arena.toString('utf8', this.#starts[id], this.#starts[id + 1]);
      this.#texts[id] = text;
    }
    return text;
  }

  #equals(id: number, buffer: Uint8Array, start: number, end: number): boolean {
    const first = this.#starts[id] as number;
    const length = end - start;
    if ((this.#starts[id + 1] as number) - first !== length) return false;
    const arena = this.#arena;
    for (let index = 0; index < length; index++) {
      if (arena[first + index] !== buffer[start + index]) return false;
    }
    return true;
  }

  #add(buffer: Uint8Array, start: number, end: number, hash: number, slot: number): number {
    const id = this.#texts.length;
    if (id === this.#hashes.length) {
      this.#grow();
      return this.idOf(buffer, start, end);
    }
    const first = this.#starts[id] as number;
    const after = first + end - start;
    if (after > this.#arena.length) this.#arena = Buffer.concat([this.#arena], 2 * after);
    this.#arena.set(buffer.subarray(start, end), first);
    this.#starts[id + 1] = after;
    this.#hashes[id] = hash;
    this.#slots[slot] = id;
    this.#texts.push(undefined);
    return id;
  }

  #grow(): void {
    const capacity = 2 * this.#hashes.length;
    const hashes = new Int32Array(capacity);
    hashes.set(this.#hashes);
    const starts = new Int32Array(capacity + 1);
    starts.set(this.#starts);
    const slots = new Int32Array(2 * capacity).fill(EMPTY);
    const mask = slots.length - 1;
    for (let id = 0; id < this.#texts.length; id++) {
      const hash = hashes[id] as number;
      let slot = (hash ^ (hash >>> 15)) & mask;
      while (slots[slot] !== EMPTY) slot = (slot + 1) & mask;
      slots[slot] = id;
    }
    this.#hashes = hashes;
    this.#starts = starts;
    this.#slots = slots;
  }
}

function hashOf(buffer: Uint8Array, start: number, end: number): number {
  let hash = 0x811c9dc5 | 0;
  for (let index = start; index < end; index++) {
    hash = Math.imul(hash ^ (buffer[index] as number), 0x01000193);
  }
  return hash;
}
