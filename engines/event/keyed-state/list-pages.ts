import type { StateValue } from '../../pipeline/index.ts';
import type { Key, KeyedStateTable, StateBackend, ValueCodec } from '../state/index.ts';
import type { SweepAtMs } from './time-to-live.ts';

/** Elements of a list that are one entry of the table. The namespace is the number of the page; the first says how many there are. */
interface ListPage {
  /** Of the first page: pages of the list. */
  pages: number;
  /** Of the first page. */
  sweepAtMs: SweepAtMs;
  readonly elements: StateValue[];
}

const PAGE_ELEMENTS = 64;
const FIRST = 0;

const LIST_PAGE_CODEC: ValueCodec<ListPage> = {
  copy: (page) => ({ ...page, elements: [...page.elements] }),
  write: ({ pages, sweepAtMs, elements }, writer) =>
    writer.text(JSON.stringify([pages, sweepAtMs, elements])),
  read: (reader) => {
    const [pages, sweepAtMs, elements] = JSON.parse(reader.text()) as [number, SweepAtMs, StateValue[]];
    return { pages, sweepAtMs, elements };
  },
};

/**
 * A list a key, in pages over a state table: adding changes the last page of at most 64 elements, whatever the length of the list. Reading takes
 * all pages, and so does a prefetch.
 */
export class ListPages {
  readonly #table: KeyedStateTable<ListPage>;

  constructor(state: StateBackend, name: string) {
    this.#table = state.table(name, LIST_PAGE_CODEC);
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
    if (last.elements.length < PAGE_ELEMENTS) {
      last.elements.push(element);
      return;
    }
    this.#table.put(key, pages, { pages: 0, sweepAtMs: null, elements: [element] });
    this.#table.getForUpdate(key, FIRST)!.pages += 1;
  }

  /** Makes the list anew, of one element at least. */
  replace(key: Key, elements: readonly StateValue[], sweepAtMs: SweepAtMs): void {
    const before = this.#table.get(key, FIRST)?.pages ?? 0;
    const pages = Math.ceil(elements.length / PAGE_ELEMENTS);
    for (let page = 0; page < pages; page++) {
      this.#table.put(key, page, {
        pages: page === FIRST ? pages : 0,
        sweepAtMs: page === FIRST ? sweepAtMs : null,
        elements: elements.slice(page * PAGE_ELEMENTS, (page + 1) * PAGE_ELEMENTS),
      });
    }
    for (let page = pages; page < before; page++) this.#table.remove(key, page);
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
