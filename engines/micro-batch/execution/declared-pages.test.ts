import { expect, test } from 'vitest';
import { mapState, type StateDeclarations, type StatesOf } from '../../pipeline/index.ts';
import { DeclaredStates, type Key } from '../../pipeline/keyed-state/index.ts';
import {
  describeExpiryContract,
  describeKeyedStateContract,
  type Life,
  type StatesUnderTest,
} from '../../pipeline/keyed-state/testing/index.ts';
import { createMemoryFileStore } from '../log/index.ts';
import { createMemoryStateFactory, type StateStoreProvider } from '../state/index.ts';
import { DeclaredPages, type StoredPage, storedPageCodec } from './declared-pages.ts';

/** Declared states whose every use is a batch, restored from the files of the state store. */
class BatchStates<Declarations extends StateDeclarations> implements StatesUnderTest<Declarations> {
  nowMs = 0;
  nextSweepMs = Number.POSITIVE_INFINITY;
  readonly files = createMemoryFileStore();
  readonly #declarations: Declarations;
  readonly #life: Life;
  readonly #current: { key: Key } = { key: '' };
  #version = 0;
  #provider!: StateStoreProvider<StoredPage>;
  #pages!: DeclaredPages;
  #states!: DeclaredStates;

  constructor(declarations: Declarations, life: Life) {
    this.#declarations = declarations;
    this.#life = life;
    this.#open();
  }

  use<Result>(key: Key, call: (states: StatesOf<Declarations>) => Result): Promise<Result> {
    this.#current.key = key;
    return this.#batch(async () => {
      await this.#states.prefetch(
        (visit) => visit(key),
        () => {},
      );
      return call(this.#states.handles as StatesOf<Declarations>);
    });
  }

  sweepAt(nowMs: number): Promise<void> {
    this.nowMs = nowMs;
    return this.#batch(async () => {
      await this.#states.prefetch(
        (visit) => this.#states.forEachSwept(nowMs, visit),
        () => {},
      );
      this.#states.sweep(nowMs);
    });
  }

  async restore(): Promise<void> {
    this.#open();
  }

  async close(): Promise<void> {}

  #open(): void {
    this.#provider = createMemoryStateFactory(this.files, 3).create(
      { operator: 0, partition: 0, name: 'declared' },
      storedPageCodec,
    );
    this.#pages = new DeclaredPages((text) => text);
    this.#states = new DeclaredStates({
      declarations: this.#declarations,
      tables: this.#pages,
      current: this.#current,
      nowMs: () => this.nowMs,
    });
  }

  async #batch<Result>(run: () => Promise<Result>): Promise<Result> {
    const store = await this.#provider.load(this.#version);
    await this.#pages.open(store);
    const result = await run();
    this.#pages.write();
    await store.commit();
    this.#pages.committed(++this.#version);
    this.nextSweepMs = this.#pages.nextSweepMs;
    if (this.#life === 'restored') this.#open();
    return result;
  }
}

const open = async <Declarations extends StateDeclarations>(declarations: Declarations, life: Life) =>
  new BatchStates(declarations, life);

describeKeyedStateContract('the state store of the micro-batch engine', open);
describeExpiryContract('the state store of the micro-batch engine', open, ['unbroken', 'restored']);

test('one entry of a large map writes a page of it, not the map', async () => {
  const states = await open({ map: mapState<string>() }, 'unbroken');
  await states.use('a', ({ map }) => {
    for (let name = 0; name < 5_000; name++) map.put(name, 'x'.repeat(20));
  });
  const before = await bytesOf(states);
  await states.use('a', ({ map }) => map.put(17, 'y'));
  const after = await bytesOf(states);
  expect((after - before) * 20).toBeLessThan(before);
});

async function bytesOf({ files }: BatchStates<StateDeclarations>): Promise<number> {
  const names = await files.list('state/0/0/declared');
  const texts = await Promise.all(names.map((name) => files.read(`state/0/0/declared/${name}`)));
  return texts.reduce((total, text) => total + (text?.length ?? 0), 0);
}

test('what a failed batch changed is not there in the next, nor when it expires', async () => {
  const provider = createMemoryStateFactory(createMemoryFileStore(), 3).create(
    { operator: 0, partition: 0, name: 'declared' },
    storedPageCodec,
  );
  const current = { key: 'a' };
  const pages = new DeclaredPages((text) => text);
  const states = new DeclaredStates({
    declarations: { map: mapState<number>({ ttlMs: 100 }) },
    tables: pages,
    current,
    nowMs: () => 0,
  });
  const put = async (ends: 'commit' | 'abort') => {
    const store = await provider.load(0);
    await pages.open(store);
    await states.prefetch(
      (visit) => visit('a'),
      () => {},
    );
    const { map } = states.handles as StatesOf<{ map: ReturnType<typeof mapState<number>> }>;
    const before = map.entries();
    map.put('x', 1);
    pages.write();
    if (ends === 'commit') await store.commit();
    else store.abort();
    if (ends === 'commit') pages.committed(1);
    return { before, nextSweepMs: pages.nextSweepMs };
  };
  expect(await put('abort')).toEqual({ before: [], nextSweepMs: Number.NEGATIVE_INFINITY });
  expect(await put('commit')).toEqual({ before: [], nextSweepMs: 100 });
});
