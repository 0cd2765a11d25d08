import { systemClock } from '../../pipeline/process/index.ts';
import { type KeyedStateTable, type StateBackend, type ValueCodec, VOID_NAMESPACE } from '../state/index.ts';

type Counter = { count: number };

const COUNTER: ValueCodec<Counter> = {
  copy: ({ count }) => ({ count }),
  write: ({ count }, writer) => writer.float64(count),
  read: (reader) => ({ count: reader.float64() }),
};

/** Elements whose state a slot fetches together: what its source hands on in one run. */
const BATCH = 512;

/** A count a key, changed as the runtime changes state: a batch's state is brought into reach, then each is changed in place. */
export class CounterState {
  readonly backend: StateBackend;
  readonly #table: KeyedStateTable<Counter>;

  constructor(backend: StateBackend) {
    this.backend = backend;
    this.#table = backend.table('counters', COUNTER);
  }

  /** Adds one for each of `count` keys; `keyAt` gives them. */
  async add(count: number, keyAt: (index: number) => string): Promise<void> {
    const keys: string[] = [];
    for (let start = 0; start < count; start += BATCH) {
      keys.length = 0;
      const end = Math.min(count, start + BATCH);
      for (let index = start; index < end; index++) keys.push(keyAt(index));
      const fetching = this.backend.prefetch(() => {
        for (const key of keys) this.#table.request(key, VOID_NAMESPACE);
      });
      if (fetching !== undefined) await fetching;
      for (const key of keys) {
        const counter = this.#table.getForUpdate(key, VOID_NAMESPACE);
        if (counter === undefined) this.#table.put(key, VOID_NAMESPACE, { count: 1 });
        else counter.count++;
      }
    }
  }

  async read(key: string): Promise<number | undefined> {
    await this.backend.prefetch(() => this.#table.request(key, VOID_NAMESPACE));
    return this.#table.get(key, VOID_NAMESPACE)?.count;
  }
}

/** Runs the work. @returns how long it took */
export async function timeMs(work: () => Promise<unknown>): Promise<number> {
  const startedAtNs = systemClock.monotonicNs();
  await work();
  return Number(systemClock.monotonicNs() - startedAtNs) / 1e6;
}

/** A key as an account number is one. */
export function accountKey(index: number): string {
  return `account-${index}`;
}

/** Marsaglia's xorshift32, so that a run can be made again. */
export function randomIndexes(size: number, seed: number): () => number {
  let state = seed;
  return () => {
    state ^= state << 13;
    state ^= state >>> 17;
    state ^= state << 5;
    return (state >>> 0) % size;
  };
}
