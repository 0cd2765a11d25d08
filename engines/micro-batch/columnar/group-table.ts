const EMPTY = -1;

/**
 * Numbers the distinct (key id, window start) pairs of a batch from 0: open addressing with linear probing over typed
 * arrays, no object a group. Kept and cleared between batches, so a steady state allocates nothing.
 */
export class GroupTable {
  #slots = new Int32Array(1024).fill(EMPTY);
  #keyIds = new Int32Array(512);
  #windowStarts = new Float64Array(512);
  /** By key id, the group of the key that was asked for last; where no window is, its only one. */
  #latest = new Int32Array(512).fill(EMPTY);
  #count = 0;

  get count(): number {
    return this.#count;
  }

  keyId(group: number): number {
    return this.#keyIds[group] as number;
  }

  windowStart(group: number): number {
    return this.#windowStarts[group] as number;
  }

  clear(): void {
    this.#slots.fill(EMPTY);
    for (let group = 0; group < this.#count; group++) this.#latest[this.#keyIds[group] as number] = EMPTY;
    this.#count = 0;
  }

  /** The group of a pair, made if it is new. */
  group(keyId: number, windowStart: number): number {
    // Neighbouring rows of a key mostly share the window, so one look by the dense id spares the hash.
    if (keyId < this.#latest.length) {
      const latest = this.#latest[keyId] as number;
      if (latest !== EMPTY && this.#windowStarts[latest] === windowStart) return latest;
    } else this.#reach(keyId);
    const group = this.#find(keyId, windowStart);
    this.#latest[keyId] = group;
    return group;
  }

  #find(keyId: number, windowStart: number): number {
    const mask = this.#slots.length - 1;
    let slot = hashPair(keyId, windowStart) & mask;
    for (;;) {
      const group = this.#slots[slot] as number;
      if (group === EMPTY) return this.#add(keyId, windowStart, slot);
      if (this.#keyIds[group] === keyId && this.#windowStarts[group] === windowStart) return group;
      slot = (slot + 1) & mask;
    }
  }

  #add(keyId: number, windowStart: number, slot: number): number {
    const group = this.#count++;
    if (group === this.#keyIds.length) {
      this.#keyIds = grown(this.#keyIds, Int32Array);
      this.#windowStarts = grown(this.#windowStarts, Float64Array);
    }
    this.#keyIds[group] = keyId;
    this.#windowStarts[group] = windowStart;
    this.#slots[slot] = group;
    if (this.#count * 2 > this.#slots.length) this.#rehash();
    return group;
  }

  #reach(keyId: number): void {
    const latest = new Int32Array(2 * (keyId + 1)).fill(EMPTY);
    latest.set(this.#latest);
    this.#latest = latest;
  }

  #rehash(): void {
    const slots = new Int32Array(this.#slots.length * 2).fill(EMPTY);
    const mask = slots.length - 1;
    for (let group = 0; group < this.#count; group++) {
      let slot = hashPair(this.#keyIds[group] as number, this.#windowStarts[group] as number) & mask;
      while (slots[slot] !== EMPTY) slot = (slot + 1) & mask;
      slots[slot] = group;
    }
    this.#slots = slots;
  }
}

/** Window starts are multiples of a size with many zero bits at the bottom, hence the mixing. */
function hashPair(keyId: number, windowStart: number): number {
  const low = windowStart | 0;
  const high = Math.floor(windowStart / 0x1_0000_0000) | 0;
  let hash = Math.imul(keyId, 0x9e3779b1) ^ Math.imul(low, 0x85ebca6b) ^ Math.imul(high, 0xc2b2ae35);
  hash ^= hash >>> 15;
  hash = Math.imul(hash, 0x2c1b3c6d);
  return (hash ^ (hash >>> 13)) >>> 0;
}

function grown<Values extends Int32Array | Float64Array>(
  values: Values,
  type: new (length: number) => Values,
): Values {
  const larger = new type(values.length * 2);
  larger.set(values);
  return larger;
}
