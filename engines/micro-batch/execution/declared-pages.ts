import {
  type Key,
  PAGE_CODECS,
  type PageCodec,
  type PageKind,
  type PageKinds,
  type StateTable,
  type StateTables,
  type Sweeps,
} from '../../pipeline/keyed-state/index.ts';
import { partitionOfKey, type StateStore, type ValueCodec } from '../state/index.ts';
import { DueTimes } from './due-times.ts';

/** A page of a declared state, as the store keeps it. */
export interface StoredPage {
  readonly kind: PageKind;
  readonly page: unknown;
}

const codecOf = (kind: PageKind): PageCodec<unknown> => PAGE_CODECS[kind] as PageCodec<unknown>;

export const storedPageCodec: ValueCodec<StoredPage> = {
  encode: ({ kind, page }) => JSON.stringify([kind, codecOf(kind).toJson(page)]),
  decode(text) {
    const [kind, json] = JSON.parse(text) as [PageKind, never];
    return { kind, page: codecOf(kind).fromJson(json) };
  },
};

/** A page within a batch; without content it is not there. */
interface LoadedPage {
  stored: StoredPage | undefined;
  /** Its content is the batch's own, to be written with it. */
  changed: boolean;
}

const HASH_VALUES = 2 ** 31;

/**
 * Declared states in one state partition: each page is an entry of the store, so that a batch loads the pages of its
 * keys, and writes those that it changed. When state expires is kept with the state, and besides in memory by state and
 * key; after a restart, or a batch that failed, it is found by a scan.
 */
export class DeclaredPages implements StateTables {
  readonly #keyOf: (text: string) => Key;
  readonly #loaded = new Map<string, LoadedPage>();
  readonly #wanted = new Set<string>();
  /** By table. */
  readonly #due = new Map<string, DueTimes>();
  #store: StateStore<StoredPage> | undefined;
  /** The version of the state that the due times belong to; undefined: of none. */
  #version: number | undefined;

  /** @param keyOf a key by the text of it */
  constructor(keyOf: (text: string) => Key) {
    this.#keyOf = keyOf;
  }

  /** When something expires next; Infinity if nothing does, -Infinity while that is not known. */
  get nextSweepMs(): number {
    let nextMs = Number.POSITIVE_INFINITY;
    if (this.#due.size > 0 && this.#version === undefined) return Number.NEGATIVE_INFINITY;
    for (const due of this.#due.values()) nextMs = Math.min(nextMs, due.firstMs);
    return nextMs;
  }

  /** Begins a batch on a version of the state. */
  async open(store: StateStore<StoredPage>): Promise<void> {
    this.#store = store;
    this.#loaded.clear();
    if (this.#due.size > 0 && this.#version !== store.version) {
      for (const due of this.#due.values()) due.clear();
      await store.scan((address, { kind, page }) => {
        const { table, page: number, key } = parseAddress(address);
        const sweepAtMs = number === 0 && this.#due.has(table) ? codecOf(kind).sweepAtMs(page) : null;
        if (sweepAtMs !== null) this.#due.get(table)?.set(key, sweepAtMs);
      });
    }
    this.#version = undefined;
  }

  /** Puts what the batch changed into the store. */
  write(): void {
    for (const [address, { stored, changed }] of this.#loaded) {
      if (!changed) continue;
      if (stored === undefined) this.#store?.remove(address);
      else this.#store?.put(address, stored);
    }
    this.#loaded.clear();
  }

  committed(version: number): void {
    this.#version = version;
  }

  table<Kind extends PageKind>(table: string, kind: Kind): StateTable<PageKinds[Kind]> {
    const { copy } = PAGE_CODECS[kind] as PageCodec<PageKinds[Kind]>;
    const loaded = this.#loaded;
    const pageAt = (key: Key, page: number): LoadedPage => {
      const found = loaded.get(addressOf(table, page, key));
      if (found === undefined) throw new TypeError(`page ${page} of ${table} was not asked for`);
      return found;
    };
    const change = (key: Key, page: number, stored: StoredPage | undefined) => {
      loaded.set(addressOf(table, page, key), { stored, changed: true });
    };
    return {
      get: (key, page) => pageAt(key, page).stored?.page as PageKinds[Kind] | undefined,
      getForUpdate(key, page) {
        const found = pageAt(key, page);
        if (found.stored === undefined) return undefined;
        if (!found.changed) {
          found.stored = { kind, page: copy(found.stored.page as PageKinds[Kind]) };
          found.changed = true;
        }
        return found.stored.page as PageKinds[Kind];
      },
      put: (key, page, content) => change(key, page, { kind, page: content }),
      remove: (key, page) => change(key, page, undefined),
      request: (key, page) => {
        this.#wanted.add(addressOf(table, page, key));
      },
    };
  }

  sweeps(_name: string, table: string): Sweeps {
    const due = new DueTimes();
    this.#due.set(table, due);
    return {
      get firstMs() {
        return due.firstMs;
      },
      register: (key, timeMs) => due.set(String(key), timeMs),
      delete: (key) => due.set(String(key), undefined),
      fireUpTo: (timeMs, sweep) => {
        for (let texts = due.takeUpTo(timeMs); texts.length > 0; texts = due.takeUpTo(timeMs)) {
          for (const text of texts) sweep(this.#keyOf(text));
        }
      },
      forEachDue: (timeMs, visit) => due.forEachUpTo(timeMs, (text) => visit(this.#keyOf(text))),
    };
  }

  prefetch(collect: () => void): Promise<void> | undefined {
    this.#wanted.clear();
    collect();
    const missing = [...this.#wanted].filter((address) => !this.#loaded.has(address));
    return missing.length === 0 ? undefined : this.#load(missing);
  }

  hashOf(name: string | number): number {
    return partitionOfKey(String(name), HASH_VALUES);
  }

  async #load(addresses: readonly string[]): Promise<void> {
    const pages = await (this.#store as StateStore<StoredPage>).getMany(addresses);
    for (const [index, address] of addresses.entries()) {
      this.#loaded.set(address, { stored: pages[index], changed: false });
    }
  }
}

/** The key of a page in the store. */
function addressOf(table: string, page: number, key: Key): string {
  return `${page}/${table.length}/${table}${key}`;
}

function parseAddress(address: string): {
  readonly table: string;
  readonly page: number;
  readonly key: string;
} {
  const afterPage = address.indexOf('/') + 1;
  const afterLength = address.indexOf('/', afterPage) + 1;
  const end = afterLength + Number(address.slice(afterPage, afterLength - 1));
  return {
    table: address.slice(afterLength, end),
    page: Number(address.slice(0, afterPage - 1)),
    key: address.slice(end),
  };
}
