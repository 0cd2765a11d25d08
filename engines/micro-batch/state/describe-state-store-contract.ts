import { describe, expect, test } from 'vitest';
import { SPARK_STATE_STORE_CASES, type StoreAction } from './spark-state-store-cases.ts';
import type { StateStore, StateStoreProvider } from './state-store.ts';

/** A provider as the contract needs it: `reopen` is what a new process finds. */
export interface ProviderUnderTest {
  readonly provider: StateStoreProvider<number>;
  reopen(): Promise<StateStoreProvider<number>>;
}

/** The rules that every state store keeps (semantics B18; the cases follow StateStoreSuite of Spark). */
export function describeStateStoreContract(name: string, make: () => Promise<ProviderUnderTest>): void {
  describe(`${name} keeps the contract of state stores`, () => {
    test('version 0 is empty, and commit makes the next version', async () => {
      const { provider } = await make();
      const store = await provider.load(0);
      expect(store.version).toBe(0);
      expect(await contents(store)).toEqual({});
      store.put('a', 1);
      await store.commit();
      expect(await contents(await provider.load(1))).toEqual({ a: 1 });
    });

    test('reads see changes before the commit, size counts them', async () => {
      const { provider } = await make();
      await committed(provider, 0, { a: 1, b: 2 });
      const store = await provider.load(1);
      expect(await store.getMany(['a', 'b', 'absent', 'c'])).toEqual([1, 2, undefined, undefined]);
      store.put('b', 20);
      store.put('c', 3);
      store.remove('a');
      store.remove('absent');
      expect(await store.getMany(['a', 'b', 'c', 'd'])).toEqual([undefined, 20, 3, undefined]);
      expect(store.size).toBe(2);
      expect(await contents(store)).toEqual({ b: 20, c: 3 });
      store.remove('c');
      store.put('a', 5);
      expect(store.size).toBe(2);
    });

    test('keys that are changed unread are counted exactly by the commit', async () => {
      const { provider } = await make();
      await committed(provider, 0, { a: 1, b: 2, c: 3 });
      const store = await provider.load(1);
      store.put('a', 10);
      store.put('d', 4);
      store.remove('b');
      store.remove('absent');
      store.put('e', 5);
      store.remove('e');
      store.remove('c');
      store.put('c', 30);
      await store.commit();
      const next = await provider.load(2);
      expect(await contents(next)).toEqual({ a: 10, c: 30, d: 4 });
      expect(next.size).toBe(3);
    });

    test('abort leaves the version as it was', async () => {
      const { provider } = await make();
      await committed(provider, 0, { a: 1 });
      const store = await provider.load(1);
      store.put('a', 2);
      store.put('b', 2);
      store.abort();
      store.abort();
      const again = await provider.load(1);
      expect(await contents(again)).toEqual({ a: 1 });
      expect(again.size).toBe(1);
    });

    test('a version loaded again does not see the version committed from it', async () => {
      const { provider } = await make();
      await committed(provider, 0, { a: 1 });
      await committed(provider, 1, { a: 2, b: 2 });
      expect(await contents(await provider.load(1))).toEqual({ a: 1 });
      // As after a crash between state commit and batch commit: the same version is made once more, with other contents.
      await committed(provider, 1, { c: 3 });
      expect(await contents(await provider.load(2))).toEqual({ a: 1, c: 3 });
    });

    test('null is no value', async () => {
      const { provider } = await make();
      const store = await provider.load(0);
      expect(() => store.put('a', null as unknown as number)).toThrow(TypeError);
      expect(() => store.put('a', undefined as unknown as number)).toThrow(TypeError);
    });

    test('a closed store refuses work', async () => {
      const { provider } = await make();
      const store = await provider.load(0);
      await store.commit();
      expect(() => store.put('a', 1)).toThrow(TypeError);
      await expect(store.commit()).rejects.toThrow(TypeError);
    });

    test('a new process loads any kept version', async () => {
      const { provider, reopen } = await make();
      const history: Record<string, number>[] = [{}];
      for (let version = 0; version < 25; version++) {
        const store = await provider.load(version);
        store.put(`key-${version % 7}`, version);
        if (version % 5 === 4) store.remove(`key-${(version + 3) % 7}`);
        await store.commit();
        history.push(await contents(await provider.load(version + 1)));
        await provider.maintain(Math.max(0, version - 9));
      }
      const reopened = await reopen();
      for (let version = 15; version <= 25; version++) {
        expect(await contents(await reopened.load(version))).toEqual(history[version]);
      }
    });

    test('a version that was never made cannot be loaded', async () => {
      const { provider } = await make();
      await committed(provider, 0, { a: 1 });
      await expect(provider.load(7)).rejects.toMatchObject({
        code: expect.stringMatching(/^MICRO_BATCH_STATE_(MISSING|LOST)$/),
      });
    });

    test('keys and values may hold any text', async () => {
      const { provider, reopen } = await make();
      const key = 'tab\tnewline\nquote"back\\slash \u2028 ü 😀';
      await committed(provider, 0, { [key]: 1, '': 2 });
      expect(await contents(await (await reopen()).load(1))).toEqual({ [key]: 1, '': 2 });
    });

    test.each(Object.entries(SPARK_STATE_STORE_CASES))('as in Spark: %s', async (_name, actions) => {
      await play(await make(), actions);
    });
  });
}

/** All that a version holds, by key. */
export async function contents(store: StateStore<number>): Promise<Record<string, number>> {
  const found: Record<string, number> = {};
  await store.scan((key, value) => {
    found[key] = value;
  });
  return found;
}

async function committed(
  provider: StateStoreProvider<number>,
  version: number,
  values: Record<string, number>,
): Promise<void> {
  const store = await provider.load(version);
  for (const [key, value] of Object.entries(values)) store.put(key, value);
  await store.commit();
}

async function play({ provider: first, reopen }: ProviderUnderTest, actions: readonly StoreAction[]) {
  let provider = first;
  let store = await provider.load(0);
  for (const action of actions) {
    switch (action[0]) {
      case 'load':
        store = await provider.load(action[1]);
        expect(store.version).toBe(action[1]);
        break;
      case 'refuse':
        await expect(provider.load(action[1])).rejects.toThrow();
        break;
      case 'put':
        store.put(action[1], action[2]);
        break;
      case 'remove':
        store.remove(action[1]);
        break;
      case 'removeWhere':
        for (const key of Object.keys(await contents(store))) {
          if (key.startsWith(action[1])) store.remove(key);
        }
        break;
      case 'get':
        expect(await store.getMany([action[1]])).toEqual([action[2]]);
        break;
      case 'size':
        expect(store.size).toBe(action[1]);
        break;
      case 'data':
        expect(await contents(store)).toEqual(action[1]);
        break;
      case 'commit':
        await store.commit();
        break;
      case 'abort':
        store.abort();
        break;
      case 'maintain':
        await provider.maintain(action[1]);
        break;
      case 'reopen':
        provider = await reopen();
        break;
    }
  }
}
