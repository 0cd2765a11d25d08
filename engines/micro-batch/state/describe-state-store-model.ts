import fc from 'fast-check';
import { expect, test } from 'vitest';
import { contents, type ProviderUnderTest } from './describe-state-store-contract.ts';

type Change = readonly [key: string, value: number | undefined];

type Step =
  | {
      readonly kind: 'batch';
      readonly readsFirst: boolean;
      readonly changes: readonly Change[];
      readonly end: 'commit' | 'abort';
    }
  | { readonly kind: 'goBack'; readonly versions: number }
  | { readonly kind: 'maintain'; readonly kept: number }
  | { readonly kind: 'reopen' };

const KEYS = ['a', 'b', 'c', 'd', 'é\t\n', ''] as const;

const change: fc.Arbitrary<Change> = fc.tuple(
  fc.constantFrom(...KEYS),
  fc.option(fc.integer(), { nil: undefined, freq: 2 }),
);

const step: fc.Arbitrary<Step> = fc.oneof(
  {
    weight: 8,
    arbitrary: fc.record({
      kind: fc.constant('batch' as const),
      readsFirst: fc.boolean(),
      changes: fc.array(change, { maxLength: 6 }),
      end: fc.constantFrom('commit' as const, 'commit' as const, 'abort' as const),
    }),
  },
  { weight: 1, arbitrary: fc.record({ kind: fc.constant('goBack' as const), versions: fc.nat(5) }) },
  { weight: 4, arbitrary: fc.record({ kind: fc.constant('maintain' as const), kept: fc.nat(6) }) },
  { weight: 1, arbitrary: fc.constant({ kind: 'reopen' as const }) },
);

/** Any course of batches, lost batches, restarts and maintenance leaves a provider with what a list of Maps has, at every kept version. */
export function testStateStoreModel(
  name: string,
  runs: number,
  make: () => Promise<ProviderUnderTest>,
): void {
  test(`${name} holds what a model of it holds, at every kept version`, async () => {
    await fc.assert(
      fc.asyncProperty(fc.array(step, { minLength: 5, maxLength: 40 }), async (steps) => {
        const { provider: first, reopen } = await make();
        let provider = first;
        const versions: ReadonlyMap<string, number>[] = [new Map()];
        let version = 0;
        let oldest = 0;
        for (const next of steps) {
          switch (next.kind) {
            case 'batch': {
              const store = await provider.load(version);
              expect(await contents(store)).toEqual(Object.fromEntries(versions[version] ?? []));
              if (next.readsFirst) {
                expect(await store.getMany(KEYS)).toEqual(KEYS.map((key) => versions[version]?.get(key)));
              }
              const after = new Map(versions[version]);
              for (const [key, value] of next.changes) {
                if (value === undefined) {
                  store.remove(key);
                  after.delete(key);
                } else {
                  store.put(key, value);
                  after.set(key, value);
                }
              }
              expect(await contents(store)).toEqual(Object.fromEntries(after));
              if (next.end === 'abort') store.abort();
              else {
                await store.commit();
                versions.length = ++version;
                versions.push(after);
              }
              break;
            }
            case 'goBack':
              version = Math.max(oldest, version - next.versions);
              break;
            case 'maintain':
              oldest = Math.max(oldest, version - next.kept);
              await provider.load(version);
              await provider.maintain(oldest);
              break;
            case 'reopen':
              provider = await reopen();
              break;
          }
        }
        for (let kept = oldest; kept <= version; kept++) {
          const store = await provider.load(kept);
          expect(await contents(store), `version ${kept}`).toEqual(Object.fromEntries(versions[kept] ?? []));
          expect(store.size).toBe(versions[kept]?.size);
        }
      }),
      { numRuns: runs },
    );
  });
}
