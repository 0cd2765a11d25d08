import type { ListState, StateValue } from '../dataflow/index.ts';
import type { CurrentKey, DeclaredState } from './declared-state.ts';
import type { ListPages } from './list-pages.ts';
import type { Key } from './state-tables.ts';
import { oldestOf, type Stamped, type TimeToLive } from './time-to-live.ts';

/** List state; where it expires, each element does on its own (Flink's TtlListState). */
export class PagedListState implements ListState<StateValue>, DeclaredState {
  readonly handle = this;
  readonly paged = true;
  readonly #pages: ListPages;
  readonly #current: CurrentKey;
  readonly #ttl: TimeToLive | undefined;

  constructor(pages: ListPages, current: CurrentKey, ttl: TimeToLive | undefined) {
    this.#pages = pages;
    this.#current = current;
    this.#ttl = ttl;
  }

  get(): readonly StateValue[] {
    const { key } = this.#current;
    const ttl = this.#ttl;
    if (ttl === undefined) return this.#pages.read(key);
    const stored = this.#pages.read(key) as readonly Stamped[];
    const nowMs = ttl.nowMs();
    const unexpired = stored.filter(([, usedAtMs]) => !ttl.expired(usedAtMs, nowMs));
    if (unexpired.length === 0) {
      this.clear();
    } else if (ttl.updatesOnRead) {
      this.#replace(unexpired.map(([value]): Stamped => [value, nowMs]));
    }
    return (ttl.returnsExpired ? stored : unexpired).map(([value]) => value);
  }

  add(element: StateValue): void {
    const { key } = this.#current;
    const stored = this.#ttl === undefined ? element : this.#ttl.stamp(element);
    if (this.#pages.sweepAtMs(key) === undefined) this.#replace([stored]);
    else this.#pages.append(key, stored);
  }

  addAll(elements: readonly StateValue[]): void {
    for (const element of elements) this.add(element);
  }

  update(elements: readonly StateValue[]): void {
    const ttl = this.#ttl;
    if (elements.length === 0) this.clear();
    else this.#replace(ttl === undefined ? elements : elements.map((element) => ttl.stamp(element)));
  }

  clear(): void {
    const { key } = this.#current;
    this.#ttl?.noSweep(key, this.#pages.sweepAtMs(key) ?? null);
    this.#pages.remove(key);
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
    const unexpired = (this.#pages.read(key) as readonly Stamped[]).filter(
      ([, usedAtMs]) => !ttl.expired(usedAtMs, nowMs),
    );
    if (unexpired.length === 0) {
      this.#pages.remove(key);
      return;
    }
    this.#pages.replace(key, unexpired, ttl.nextSweep(key, oldestOf(unexpired), nowMs));
  }

  #replace(stored: readonly StateValue[]): void {
    const { key } = this.#current;
    const sweepAtMs = this.#pages.sweepAtMs(key);
    this.#pages.replace(
      key,
      stored,
      sweepAtMs === undefined ? (this.#ttl?.firstSweep(key) ?? null) : sweepAtMs,
    );
  }
}
