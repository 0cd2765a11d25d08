import type { StateValue } from '../dataflow/index.ts';
import type { PageCodec } from './page-codec.ts';
import type { Key, StateTable, StateTables, SweepAtMs } from './state-tables.ts';

/** Elements of a list that are one entry of the table. The first says how many there are. */
export interface ListPage {
  /** Of the first page: pages of the list. */
  pages: number;
  /** Of the first page. */
  sweepAtMs: SweepAtMs;
  readonly elements: StateValue[];
}

/** Elements of a page by its number: so both grow with the root of the list's length. */
const capacityOf = (page: number): number => Math.max(64, 4 * page);
const FIRST = 0;

export const LIST_PAGE_CODEC: PageCodec<ListPage> = {
  copy: (page) => ({ ...page, elements: [...page.elements] }),
  toJson: ({ pages, sweepAtMs, elements }) => [pages, sweepAtMs, elements],
  fromJson: (json) => {
    const [pages, sweepAtMs, elements] = json as [number, SweepAtMs, StateValue[]];
    return { pages, sweepAtMs, elements };
  },
  sweepAtMs: ({ sweepAtMs }) => sweepAtMs,
};

/**
 * A list a key, in pages over a state table: adding changes the last page, in place, whatever the length of the list. The first pages hold 64 elements;
 * of a list of n there are about sqrt(n / 2) of at most 3 sqrt(n). Reading takes all pages, and so does a prefetch.
 */
export class ListPages {
  readonly #table: StateTable<ListPage>;

  constructor(tables: StateTables, name: string) {
    this.#table = tables.table(name, 'list');
  }

  /** Undefined without elements. */
  sweepAtMs(key: Key): SweepAtMs | undefined {
    return this.#table.get(key, FIRST)?.sweepAtMs;
  }

  read(key: Key): readonly StateValue[] {
    const first = this.#table.get(key, FIRST);
    if (first === undefined) return [];
    const elements = [...first.elements];
    for (let page = 1; page < first.pages; page++) {
      for (const element of this.#table.get(key, page)?.elements ?? []) elements.push(element);
    }
    return elements;
  }

  /** Adds to a list that has elements. */
  append(key: Key, element: StateValue): void {
    const { pages } = this.#table.get(key, FIRST)!;
    const last = this.#table.getForUpdate(key, pages - 1)!;
    if (last.elements.length < capacityOf(pages - 1)) {
      last.elements.push(element);
      return;
    }
    this.#table.put(key, pages, { pages: 0, sweepAtMs: null, elements: [element] });
    this.#table.getForUpdate(key, FIRST)!.pages += 1;
  }

  /** Makes the list anew, of one element at least. */
  replace(key: Key, elements: readonly StateValue[], sweepAtMs: SweepAtMs): void {
    const before = this.#table.get(key, FIRST)?.pages ?? 0;
    const slices: StateValue[][] = [];
    for (let start = 0; start < elements.length; ) {
      const end = start + capacityOf(slices.length);
      slices.push(elements.slice(start, end));
      start = end;
    }
    for (const [page, slice] of slices.entries()) {
      const isFirst = page === FIRST;
      this.#table.put(key, page, {
        pages: isFirst ? slices.length : 0,
        sweepAtMs: isFirst ? sweepAtMs : null,
        elements: slice,
      });
    }
    for (let page = slices.length; page < before; page++) this.#table.remove(key, page);
  }

  remove(key: Key): void {
    const pages = this.#table.get(key, FIRST)?.pages ?? 0;
    for (let page = 0; page < pages; page++) this.#table.remove(key, page);
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
}
