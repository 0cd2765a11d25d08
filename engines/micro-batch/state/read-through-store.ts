import type { StateStore } from './state-store.ts';

/** A version outside the heap, as it was when it was loaded. */
export interface VersionOutside<Value> {
  readonly version: number;
  readonly size: number;
  /** Values in the order of the keys. */
  read(keys: readonly string[]): Promise<readonly (Value | undefined)[]>;
  scan(visit: (key: string, value: Value) => void): Promise<void>;
  /**
   * Makes the changes durable as the next version.
   *
   * @param changes values put, undefined for removed keys
   * @param size number of keys with the changes, if all of `unread` is so
   * @param unread keys that were changed unread, and whether each was taken for one that is there
   */
  commit(
    changes: ReadonlyMap<string, Value | undefined>,
    size: number,
    unread: ReadonlyMap<string, boolean>,
  ): Promise<void>;
}

/** A store that keeps the changes of a batch on the heap, over a version that is elsewhere. */
export function openReadThroughStore<Value>(outside: VersionOutside<Value>): StateStore<Value> {
  const changes = new Map<string, Value | undefined>();
  const present = new Map<string, boolean>();
  const unread = new Map<string, boolean>();
  let size = outside.size;
  let open = true;

  const requireOpen = () => {
    if (!open) throw new TypeError(`state version ${outside.version} is no longer open`);
  };
  const has = (key: string, assumed: boolean): boolean => {
    if (changes.has(key)) return changes.get(key) !== undefined;
    const known = present.get(key);
    if (known === undefined) unread.set(key, assumed);
    return known ?? assumed;
  };

  return {
    version: outside.version,
    get size() {
      return size;
    },
    async getMany(keys) {
      requireOpen();
      const wanted = keys.filter((key) => !changes.has(key));
      const found = await outside.read(wanted);
      for (const [index, key] of wanted.entries()) present.set(key, found[index] !== undefined);
      if (wanted.length === keys.length) return [...found];
      let next = 0;
      return keys.map((key) => (changes.has(key) ? changes.get(key) : found[next++]));
    },
    put(key, value) {
      requireOpen();
      if (value === null || value === undefined) throw new TypeError('state holds no null');
      if (!has(key, false)) size++;
      changes.set(key, value);
    },
    remove(key) {
      requireOpen();
      if (!has(key, true)) return;
      size--;
      if (present.get(key) === false) changes.delete(key);
      else changes.set(key, undefined);
    },
    async scan(visit) {
      requireOpen();
      await outside.scan((key, value) => {
        if (!changes.has(key)) visit(key, value);
      });
      for (const [key, value] of changes) if (value !== undefined) visit(key, value);
    },
    async commit() {
      requireOpen();
      open = false;
      await outside.commit(changes, size, unread);
    },
    abort() {
      open = false;
    },
  };
}
