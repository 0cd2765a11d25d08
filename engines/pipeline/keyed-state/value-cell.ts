import type { StateValue } from '../dataflow/index.ts';
import type { CurrentKey } from './declared-state.ts';
import type { Key, StateTable, SweepAtMs } from './state-tables.ts';
import type { Stamped, TimeToLive } from './time-to-live.ts';

const PAGE = 0;

/** As it is stored where values expire. */
type StampedCell = readonly [...Stamped, sweepAtMs: SweepAtMs];

/** At most one value a key, which may expire: what value, reducing and aggregating state have in common. */
export class ValueCell {
  readonly #table: StateTable<StateValue>;
  readonly #current: CurrentKey;
  readonly #ttl: TimeToLive | undefined;

  constructor(table: StateTable<StateValue>, current: CurrentKey, ttl: TimeToLive | undefined) {
    this.#table = table;
    this.#current = current;
    this.#ttl = ttl;
  }

  /** As a read sees it: what has expired is removed, and given only if the declaration says so; a value may become younger by it. */
  read(): StateValue | undefined {
    const ttl = this.#ttl;
    if (ttl === undefined) return this.#table.get(this.#current.key, PAGE);
    const cell = this.#stamped(this.#current.key);
    if (cell === undefined) return undefined;
    if (ttl.expired(cell[1], ttl.nowMs())) {
      this.clear();
      return ttl.returnsExpired ? cell[0] : undefined;
    }
    if (ttl.updatesOnRead) this.write(cell[0]);
    return cell[0];
  }

  /** What a new value is joined with. */
  readForUpdate(): StateValue | undefined {
    const ttl = this.#ttl;
    if (ttl === undefined) return this.#table.get(this.#current.key, PAGE);
    const cell = this.#stamped(this.#current.key);
    if (cell === undefined || (!ttl.returnsExpired && ttl.expired(cell[1], ttl.nowMs()))) return undefined;
    return cell[0];
  }

  write(value: StateValue): void {
    const { key } = this.#current;
    this.#table.put(key, PAGE, this.#ttl === undefined ? value : this.#stamp(value, this.#ttl));
  }

  clear(): void {
    const { key } = this.#current;
    if (this.#ttl !== undefined) this.#ttl.noSweep(key, this.#stamped(key)?.[2] ?? null);
    this.#table.remove(key, PAGE);
  }

  request(key: Key): void {
    this.#table.request(key, PAGE);
  }

  sweep(key: Key, nowMs: number): void {
    const cell = this.#stamped(key);
    if (cell === undefined || this.#ttl === undefined) return;
    if (this.#ttl.expired(cell[1], nowMs)) {
      this.#table.remove(key, PAGE);
      return;
    }
    const sweepAtMs = this.#ttl.sweepAt(key, cell[1] + this.#ttl.ttlMs);
    this.#table.put(key, PAGE, [cell[0], cell[1], sweepAtMs]);
  }

  #stamp(value: StateValue, ttl: TimeToLive): StampedCell {
    const { key } = this.#current;
    const before = this.#stamped(key);
    return [...ttl.stamp(value), before === undefined ? ttl.firstSweep(key) : before[2]];
  }

  #stamped(key: Key): StampedCell | undefined {
    return this.#table.get(key, PAGE) as StampedCell | undefined;
  }
}
