import type { StateValue } from '../dataflow/index.ts';
import type { PageCodec } from './page-codec.ts';
import type { Key, StateTable, StateTables, SweepAtMs } from './state-tables.ts';

/** Entries of a map that are one entry of the table. The first says how many there are. */
export interface MapPage {
  /** Of the first page: pages of the map. */
  pages: number;
  /** Of the first page: entries of the map. */
  size: number;
  /** Of the first page. */
  sweepAtMs: SweepAtMs;
  readonly entries: Map<EntryName, StateValue>;
}

export type EntryName = string | number;

const FIRST = 0;
/** Mean entries of a page above which a map grows by a page, and below which it loses one. Pages grow with their number, so both stay near the root of the size. */
const growAbove = (pages: number): number => Math.max(32, 4 * pages);
const shrinkBelow = (pages: number): number => Math.max(8, pages);

export const MAP_PAGE_CODEC: PageCodec<MapPage> = {
  copy: (page) => ({ ...page, entries: new Map(page.entries) }),
  toJson: ({ pages, size, sweepAtMs, entries }) => [pages, size, sweepAtMs, [...entries]],
  fromJson: (json) => {
    const [pages, size, sweepAtMs, entries] = json as unknown as [
      number,
      number,
      SweepAtMs,
      [EntryName, StateValue][],
    ];
    return { pages, size, sweepAtMs, entries: new Map(entries) };
  },
  sweepAtMs: ({ sweepAtMs }) => sweepAtMs,
};

/**
 * A map a key, in pages over a state table, by linear hashing (Litwin, "Linear hashing: a new tool for file and table addressing", 1980). Up to
 * some 250 entries a page holds 32 of them; of a map of n entries there are about sqrt(n) / 2 pages of 2 sqrt(n). A put changes one page and the
 * first, in place, and may split one; RocksDB writes these pages and not the whole map. Finding a page walks the table's chain of the
 * key, one step a page. `entries` and a prefetch take all pages, so that on RocksDB a function pays for the whole map of a key that is not in the cache.
 */
export class MapPages {
  readonly #table: StateTable<MapPage>;
  readonly #tables: StateTables;

  constructor(tables: StateTables, name: string) {
    this.#table = tables.table(name, 'map');
    this.#tables = tables;
  }

  has(key: Key): boolean {
    return this.#table.get(key, FIRST) !== undefined;
  }

  get(key: Key, name: EntryName): StateValue | undefined {
    const first = this.#table.get(key, FIRST);
    return first && this.#pageFor(key, name, first).entries.get(name);
  }

  /** @param firstSweep what `sweepAtMs` is to be, if this makes the map */
  put(key: Key, name: EntryName, value: StateValue, firstSweep: (key: Key) => SweepAtMs): void {
    const first = this.#table.get(key, FIRST);
    if (first === undefined) {
      const entries = new Map([[name, value]]);
      this.#table.put(key, FIRST, { pages: 1, size: 1, sweepAtMs: firstSweep(key), entries });
      return;
    }
    const isNew = !this.#pageFor(key, name, first).entries.has(name);
    this.#table.getForUpdate(key, this.#pageOf(name, first.pages))!.entries.set(name, value);
    if (!isNew) return;
    const updated = this.#table.getForUpdate(key, FIRST)!;
    updated.size += 1;
    if (updated.size > growAbove(updated.pages) * updated.pages) this.#grow(key, updated.pages);
  }

  /** @returns the map's `sweepAtMs` if it has gone with its last entry */
  remove(key: Key, name: EntryName): SweepAtMs {
    const first = this.#table.get(key, FIRST);
    if (first === undefined || !this.#pageFor(key, name, first).entries.has(name)) return null;
    const { sweepAtMs } = first;
    if (first.size === 1) {
      this.clear(key);
      return sweepAtMs;
    }
    this.#table.getForUpdate(key, this.#pageOf(name, first.pages))!.entries.delete(name);
    const updated = this.#table.getForUpdate(key, FIRST)!;
    updated.size -= 1;
    if (updated.pages > 1 && updated.size < shrinkBelow(updated.pages) * updated.pages) {
      this.#shrink(key, updated.pages);
    }
    return null;
  }

  entries(key: Key): (readonly [EntryName, StateValue])[] {
    const pages = this.#table.get(key, FIRST)?.pages ?? 0;
    const entries: (readonly [EntryName, StateValue])[] = [];
    for (let page = 0; page < pages; page++) {
      for (const entry of this.#table.get(key, page)!.entries) entries.push(entry);
    }
    return entries;
  }

  /** @returns what its `sweepAtMs` was */
  clear(key: Key): SweepAtMs {
    const { pages, sweepAtMs } = this.#table.get(key, FIRST) ?? { pages: 0, sweepAtMs: null };
    for (let page = 0; page < pages; page++) this.#table.remove(key, page);
    return sweepAtMs;
  }

  /** Of a map that has entries. */
  setSweep(key: Key, sweepAtMs: SweepAtMs): void {
    this.#table.getForUpdate(key, FIRST)!.sweepAtMs = sweepAtMs;
  }

  requestHead(key: Key): void {
    this.#table.request(key, FIRST);
  }

  furtherPages(key: Key): number {
    return (this.#table.get(key, FIRST)?.pages ?? 1) - 1;
  }

  requestPages(key: Key, furtherPages: number): void {
    for (let page = 1; page <= furtherPages; page++) this.#table.request(key, page);
  }

  #pageFor(key: Key, name: EntryName, first: MapPage): MapPage {
    const page = this.#pageOf(name, first.pages);
    return page === FIRST ? first : this.#table.get(key, page)!;
  }

  /** Of `pages` pages, the one that holds a name. */
  #pageOf(name: EntryName, pages: number): number {
    if (pages === 1) return FIRST;
    const hash = this.#tables.hashOf(name);
    const level = levelOf(pages);
    const page = hash % (2 * level);
    return page < pages ? page : page - level;
  }

  /** Adds page number `pages`, with what belongs there now of the page that it splits. */
  #grow(key: Key, pages: number): void {
    const split = this.#table.getForUpdate(key, pages - levelOf(pages))!;
    const entries = new Map<EntryName, StateValue>();
    for (const [name, value] of split.entries) {
      if (this.#pageOf(name, pages + 1) === pages) entries.set(name, value);
    }
    for (const name of entries.keys()) split.entries.delete(name);
    this.#table.put(key, pages, { pages: 0, size: 0, sweepAtMs: null, entries });
    this.#table.getForUpdate(key, FIRST)!.pages = pages + 1;
  }

  /** Joins the last page with the one that it was split from. */
  #shrink(key: Key, pages: number): void {
    const last = pages - 1;
    const { entries } = this.#table.get(key, last)!;
    const joined = this.#table.getForUpdate(key, last - levelOf(last))!;
    for (const [name, value] of entries) joined.entries.set(name, value);
    this.#table.remove(key, last);
    this.#table.getForUpdate(key, FIRST)!.pages = last;
  }
}

/** The greatest power of two that is not above. */
function levelOf(pages: number): number {
  return 2 ** (31 - Math.clz32(pages));
}
