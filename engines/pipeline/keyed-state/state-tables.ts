import type { StateValue } from '../dataflow/index.ts';
import type { ListPage } from './list-pages.ts';
import type { MapPage } from './map-pages.ts';

/** A key of a keyBy: what a utf8, int64 or float64 field holds. */
export type Key = string | number;

/** When the state of one key is swept next; null where nothing sweeps it. Kept with the state, so that there is one timer a key. */
export type SweepAtMs = number | null;

/** What declared state lies in. */
export interface PageKinds {
  readonly list: ListPage;
  readonly map: MapPage;
  /** The value itself; where it expires, with the time of its last use and of its sweep. */
  readonly value: StateValue;
}

export type PageKind = keyof PageKinds;

/** Pages by key and number. Every call is synchronous; what lies outside of the process must have been prefetched. */
export interface StateTable<Page> {
  /** The page, not to be changed; undefined if there is none. */
  get(key: Key, page: number): Page | undefined;
  /** The page, which the caller may change in place until the next call on any state of this key; undefined if there is none. */
  getForUpdate(key: Key, page: number): Page | undefined;
  put(key: Key, page: number, content: Page): void;
  remove(key: Key, page: number): void;
  /** Inside `StateTables.prefetch` only: says that this page is going to be used. */
  request(key: Key, page: number): void;
}

/** When the state of keys is to be cleaned up: one instant a key. They outlive a restart. */
export interface Sweeps {
  /** Infinity without one. */
  readonly firstMs: number;
  register(key: Key, timeMs: number): void;
  delete(key: Key, timeMs: number): void;
  /** Takes out all up to and including `timeMs`, in order of time; also those that the callback registers meanwhile. */
  fireUpTo(timeMs: number, sweep: (key: Key) => void): void;
  /** Visits what `fireUpTo` would fire now, in no order. */
  forEachDue(timeMs: number, visit: (key: Key) => void): void;
}

/** What an engine gives declared states to lie in. */
export interface StateTables {
  /** Declares a table. Names are unique and are part of what is durable. */
  table<Kind extends PageKind>(name: string, kind: Kind): StateTable<PageKinds[Kind]>;
  /** Declares the clean-up of a state by its name, the table by its own. */
  sweeps(name: string, table: string): Sweeps;
  /**
   * Brings state into reach: `collect` calls `request` on tables for all that is going to be used before the next prefetch. Returns
   * undefined if all of it is there already, perhaps without having called `collect`.
   */
  prefetch(collect: () => void): Promise<void> | undefined;
  /** A whole number in [0, 2^31) by which the entries of maps find their page: part of what is durable. */
  hashOf(name: string | number): number;
}
