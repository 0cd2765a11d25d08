import type { StateValue } from '../dataflow/index.ts';
import { LIST_PAGE_CODEC } from './list-pages.ts';
import { MAP_PAGE_CODEC } from './map-pages.ts';
import type { PageKinds, SweepAtMs } from './state-tables.ts';

/** How a page is copied, and what JSON it is written as. */
export interface PageCodec<Page> {
  /** An independent copy; the page itself if it is immutable. */
  copy(page: Page): Page;
  toJson(page: Page): StateValue;
  fromJson(json: StateValue): Page;
  /** Of the first page of state that expires. */
  sweepAtMs(page: Page): SweepAtMs;
}

/** State values are immutable by their type, so copies may be shared. */
const VALUE_CODEC: PageCodec<StateValue> = {
  copy: (value) => value,
  toJson: (value) => value,
  fromJson: (json) => json,
  sweepAtMs: (cell) => (cell as readonly [StateValue, number, SweepAtMs])[2],
};

export const PAGE_CODECS: { readonly [Kind in keyof PageKinds]: PageCodec<PageKinds[Kind]> } = {
  list: LIST_PAGE_CODEC,
  map: MAP_PAGE_CODEC,
  value: VALUE_CODEC,
};
