/**
 * The part of Map that kafkajs's request queue uses, for the few requests that are under way, as two arrays.
 *
 * A Map through which entries pass is rebuilt every few of them, and each old table of V8 points to the one that replaced it. Once one of
 * them has grown old, it keeps all that follow alive, with all that they held, until a full collection, and every young collection
 * copies them all (`node --trace-gc harness/replay/bench/hold-rate.ts` shows its length).
 */
export class ShortList<Key, Value> {
  readonly #keys: Key[] = [];
  readonly #values: Value[] = [];

  get size(): number {
    return this.#keys.length;
  }

  has(key: Key): boolean {
    return this.#keys.includes(key);
  }

  get(key: Key): Value | undefined {
    return this.#values[this.#keys.indexOf(key)];
  }

  set(key: Key, value: Value): this {
    const at = this.#keys.indexOf(key);
    if (at < 0) {
      this.#keys.push(key);
      this.#values.push(value);
    } else this.#values[at] = value;
    return this;
  }

  delete(key: Key): boolean {
    const at = this.#keys.indexOf(key);
    if (at < 0) return false;
    this.#keys.splice(at, 1);
    this.#values.splice(at, 1);
    return true;
  }

  clear(): void {
    this.#keys.length = 0;
    this.#values.length = 0;
  }

  values(): IterableIterator<Value> {
    return this.#values.slice().values();
  }

  /** Over those that are there when it is called: the action may remove entries. */
  forEach(action: (value: Value, key: Key) => void): void {
    const keys = this.#keys.slice();
    this.#values.slice().forEach((value, index) => {
      action(value, keys[index] as Key);
    });
  }
}
