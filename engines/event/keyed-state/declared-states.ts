import type { StateDeclaration, StateDeclarations } from '../../pipeline/index.ts';
import type { Key, StateBackend } from '../state/index.ts';
import { TimerQueue } from '../timer/index.ts';
import type { CurrentKey, DeclaredState, StateHandle } from './declared-state.ts';
import { ListPages } from './list-pages.ts';
import { MapPages } from './map-pages.ts';
import { PagedListState } from './paged-list-state.ts';
import { PagedMapState } from './paged-map-state.ts';
import { CellAggregatingState, CellReducingState, CellValueState } from './single-value-states.ts';
import { STATE_VALUE_CODEC } from './stored-value.ts';
import { TimeToLive } from './time-to-live.ts';
import { ValueCell } from './value-cell.ts';

export interface DeclaredStatesOptions {
  readonly declarations: StateDeclarations;
  readonly state: StateBackend;
  readonly current: CurrentKey;
  /** The clock by which state expires. */
  readonly nowMs: () => number;
}

/** A state and the timers of its background clean-up. */
interface SweptState {
  readonly state: DeclaredState;
  readonly sweeps: TimerQueue;
}

/**
 * All states that a function declares, over a backend's tables. A table is named after the state, its kind and whether it expires, so that a
 * snapshot of another declaration is refused and not misread.
 */
export class DeclaredStates {
  /** By name: what the function is given. */
  readonly handles: Readonly<Record<string, StateHandle>>;
  readonly #backend: StateBackend;
  readonly #states: readonly DeclaredState[];
  /** Those that may be larger than their head. */
  readonly #paged: readonly DeclaredState[];
  readonly #swept: SweptState[] = [];

  constructor(options: DeclaredStatesOptions) {
    this.#backend = options.state;
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
    const first = this.#backend.prefetch(() => {
      fetches = true;
      collect();
      forEachKey((key) => this.#requestHeads(key));
    });
    if (this.#paged.length === 0) return first;
    // a backend that has everything at hand does not ask
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
    return this.#backend.prefetch(() => {
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
    { state, current, nowMs }: DeclaredStatesOptions,
  ): DeclaredState {
    const { kind, ttl } = declaration;
    const table = `state.${kind}${ttl === undefined ? '' : '.expiring'}.${name}`;
    const sweeps =
      ttl === undefined || ttl.cleanup === 'onAccess'
        ? undefined
        : new TimerQueue(`sweeps.${name}`, state.maxParallelism, state.keyGroups);
    const timeToLive = ttl && new TimeToLive(ttl, nowMs, sweeps);
    const opened = open(table, declaration, state, current, timeToLive);
    if (sweeps !== undefined) {
      state.addPart(sweeps);
      this.#swept.push({ state: opened, sweeps });
    }
    return opened;
  }
}

function open(
  table: string,
  declaration: StateDeclaration,
  state: StateBackend,
  current: CurrentKey,
  ttl: TimeToLive | undefined,
): DeclaredState {
  switch (declaration.kind) {
    case 'list':
      return new PagedListState(new ListPages(state, table), current, ttl);
    case 'map':
      return new PagedMapState(new MapPages(state, table), current, ttl);
    case 'value':
    case 'reducing':
    case 'aggregating': {
      const cell = new ValueCell(state.table(table, STATE_VALUE_CODEC), current, ttl);
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
