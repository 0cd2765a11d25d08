import type { MapState, StateValue } from '../dataflow/index.ts';
import type { CurrentKey, DeclaredState } from './declared-state.ts';
import type { EntryName, MapPages } from './map-pages.ts';
import type { Key } from './state-tables.ts';
import { oldestOf, type Stamped, type TimeToLive } from './time-to-live.ts';

/** Map state; where it expires, each entry does on its own (Flink's TtlMapState). */
export class PagedMapState implements MapState<StateValue>, DeclaredState {
  readonly handle = this;
  readonly paged = true;
  readonly #pages: MapPages;
  readonly #current: CurrentKey;
  readonly #ttl: TimeToLive | undefined;

  constructor(pages: MapPages, current: CurrentKey, ttl: TimeToLive | undefined) {
    this.#pages = pages;
    this.#current = current;
    this.#ttl = ttl;
  }

  get(name: EntryName): StateValue | undefined {
    const stored = this.#pages.get(this.#current.key, name);
    if (this.#ttl === undefined || stored === undefined) return stored;
    return this.#use(name, stored as Stamped, this.#ttl);
  }

  has(name: EntryName): boolean {
    return this.get(name) !== undefined;
  }

  put(name: EntryName, value: StateValue): void {
    const { key } = this.#current;
    this.#pages.put(key, name, this.#ttl === undefined ? value : this.#ttl.stamp(value), this.#firstSweep);
  }

  remove(name: EntryName): void {
    const { key } = this.#current;
    const sweepAtMs = this.#pages.remove(key, name);
    this.#ttl?.noSweep(key, sweepAtMs);
  }

  entries(): readonly (readonly [EntryName, StateValue])[] {
    const entries = this.#pages.entries(this.#current.key);
    const ttl = this.#ttl;
    if (ttl === undefined) return entries;
    return entries.flatMap(([name, stored]) => {
      const value = this.#use(name, stored as Stamped, ttl);
      return value === undefined ? [] : [[name, value] as const];
    });
  }

  /** No use of the entries: it makes none younger. */
  isEmpty(): boolean {
    const { key } = this.#current;
    const ttl = this.#ttl;
    if (ttl === undefined || ttl.returnsExpired) return !this.#pages.has(key);
    const nowMs = ttl.nowMs();
    return this.#pages.entries(key).every(([, stored]) => ttl.expired((stored as Stamped)[1], nowMs));
  }

  clear(): void {
    const { key } = this.#current;
    const sweepAtMs = this.#pages.clear(key);
    this.#ttl?.noSweep(key, sweepAtMs);
  }

  requestHead(key: Key): void {
    this.#pages.requestHead(key);
  }

  furtherPages(key: Key): number {
    return this.#pages.furtherPages(key);
  }

  requestPages(key: Key, furtherPages: number): void {
    this.#pages.requestPages(key, furtherPages);
  }

  sweep(key: Key, nowMs: number): void {
    const ttl = this.#ttl;
    if (ttl === undefined) return;
    const left: Stamped[] = [];
    for (const [name, stored] of this.#pages.entries(key)) {
      if (ttl.expired((stored as Stamped)[1], nowMs)) this.#pages.remove(key, name);
      else left.push(stored as Stamped);
    }
    if (left.length > 0) this.#pages.setSweep(key, ttl.nextSweep(key, oldestOf(left), nowMs));
  }

  /** What a read of an entry gives, and what it does to the entry. */
  #use(name: EntryName, stored: Stamped, ttl: TimeToLive): StateValue | undefined {
    if (ttl.expired(stored[1], ttl.nowMs())) {
      this.remove(name);
      return ttl.returnsExpired ? stored[0] : undefined;
    }
    if (ttl.updatesOnRead) this.put(name, stored[0]);
    return stored[0];
  }

  readonly #firstSweep = (key: Key) => this.#ttl?.firstSweep(key) ?? null;
}
