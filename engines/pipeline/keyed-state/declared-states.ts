import type { StateDeclaration, StateDeclarations } from '../dataflow/index.ts';
import type { CurrentKey, DeclaredState, StateHandle } from './declared-state.ts';
import { ListPages } from './list-pages.ts';
import { MapPages } from './map-pages.ts';
import { PagedListState } from './paged-list-state.ts';
import { PagedMapState } from './paged-map-state.ts';
import { CellAggregatingState, CellReducingState, CellValueState } from './single-value-states.ts';
import type { Key, StateTables, Sweeps } from './state-tables.ts';
import { TimeToLive } from './time-to-live.ts';
import { ValueCell } from './value-cell.ts';

export interface DeclaredStatesOptions {
  readonly declarations: StateDeclarations;
  readonly tables: StateTables;
  readonly current: CurrentKey;
  /** The clock by which state expires. */
  readonly nowMs: () => number;
}

/** A state and the timers of its background clean-up. */
interface SweptState {
  readonly state: DeclaredState;
  readonly sweeps: Sweeps;
}

/**
 * All states that a function declares, over an engine's tables. A table is named after the state, its kind and whether it expires, so that a
 * snapshot of another declaration is refused and not misread.
 */
export class DeclaredStates {
  /** By name: what the function is given. */
  readonly handles: Readonly<Record<string, StateHandle>>;
  readonly #tables: StateTables;
  readonly #states: readonly DeclaredState[];
  /** Those that may be larger than their head. */
  readonly #paged: readonly DeclaredState[];
  readonly #swept: SweptState[] = [];

  constructor(options: DeclaredStatesOptions) {
    this.#tables = options.tables;
    const states = Object.entries(options.declarations).map(
      ([name, declaration]) => [name, this.#open(name, declaration, options)] as const,
    );
    this.#states = states.map(([, state]) => state);
    this.#paged = this.#states.filter((state) => state.paged);
    this.handles = Object.fromEntries(states.map(([name, state]) => [name, state.handle]));
  }

  /** When something is to be cleaned up next; Infinity if nothing is. */
  get nextSweepMs(): number {
    let nextMs = Number.POSITIVE_INFINITY;
    for (const { sweeps } of this.#swept) nextMs = Math.min(nextMs, sweeps.firstMs);
    return nextMs;
  }

  /** Removes what has expired at this instant. */
  sweep(nowMs: number): void {
    for (const { state, sweeps } of this.#swept) {
      if (sweeps.firstMs > nowMs) continue;
      sweeps.fireUpTo(nowMs, (key) => state.sweep(key, nowMs));
    }
  }

  /** Visits the keys that a sweep would touch now. */
  forEachSwept(nowMs: number, visit: (key: Key) => void): void {
    for (const { sweeps } of this.#swept) sweeps.forEachDue(nowMs, visit);
  }

  /**
   * Brings the state of keys into reach, together with what `collect` asks for. State in pages takes a second step: only the first page
   * tells how many there are.
   */
  prefetch(forEachKey: (visit: (key: Key) => void) => void, collect: () => void): Promise<void> | undefined {
    let fetches = false;
    const first = this.#tables.prefetch(() => {
      fetches = true;
      collect();
      forEachKey((key) => this.#requestHeads(key));
    });
    if (this.#paged.length === 0) return first;
    // tables that have everything at hand do not ask
    if (first !== undefined) return first.then(() => this.#prefetchPages(forEachKey, collect));
    return fetches ? this.#prefetchPages(forEachKey, collect) : undefined;
  }

  #prefetchPages(
    forEachKey: (visit: (key: Key) => void) => void,
    collect: () => void,
  ): Promise<void> | undefined {
    const keys = new Set<Key>();
    const further: (readonly [state: DeclaredState, key: Key, pages: number])[] = [];
    forEachKey((key) => {
      if (keys.has(key)) return;
      keys.add(key);
      for (const state of this.#paged) {
        const pages = state.furtherPages(key);
        if (pages > 0) further.push([state, key, pages]);
      }
    });
    if (further.length === 0) return undefined;
    return this.#tables.prefetch(() => {
      collect();
      for (const key of keys) this.#requestHeads(key);
      for (const [state, key, pages] of further) state.requestPages(key, pages);
    });
  }

  #requestHeads(key: Key): void {
    for (const state of this.#states) state.requestHead(key);
  }

  #open(
    name: string,
    declaration: StateDeclaration,
    { tables, current, nowMs }: DeclaredStatesOptions,
  ): DeclaredState {
    const { kind, ttl } = declaration;
    const table = `state.${kind}${ttl === undefined ? '' : '.expiring'}.${name}`;
    const sweeps = ttl === undefined || ttl.cleanup === 'onAccess' ? undefined : tables.sweeps(name, table);
    const timeToLive = ttl && new TimeToLive(ttl, nowMs, sweeps);
    const opened = open(table, declaration, tables, current, timeToLive);
    if (sweeps !== undefined) this.#swept.push({ state: opened, sweeps });
    return opened;
  }
}

function open(
  table: string,
  declaration: StateDeclaration,
  tables: StateTables,
  current: CurrentKey,
  ttl: TimeToLive | undefined,
): DeclaredState {
  switch (declaration.kind) {
    case 'list':
      return new PagedListState(new ListPages(tables, table), current, ttl);
    case 'map':
      return new PagedMapState(new MapPages(tables, table), current, ttl);
    case 'value':
    case 'reducing':
    case 'aggregating': {
      const cell = new ValueCell(tables.table(table, 'value'), current, ttl);
      return {
        handle: singleValueState(declaration, cell),
        paged: false,
        requestHead: (key) => cell.request(key),
        furtherPages: () => 0,
        requestPages: () => {},
        sweep: (key, nowMs) => cell.sweep(key, nowMs),
      };
    }
  }
}

function singleValueState(
  declaration: Exclude<StateDeclaration, { readonly kind: 'list' | 'map' }>,
  cell: ValueCell,
): StateHandle {
  switch (declaration.kind) {
    case 'value':
      return new CellValueState(cell);
    case 'reducing':
      return new CellReducingState(cell, declaration);
    case 'aggregating':
      return new CellAggregatingState(cell, declaration);
  }
}
