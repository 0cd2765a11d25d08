import { partitionOfKey, type StateStore, type StateStoreProvider } from '../state/index.ts';

/** The state partitions of an operator, opened together for a batch and committed together. */
export interface PartitionedState<Value> {
  readonly stores: readonly StateStore<Value>[];
  /** The state partition of a key. */
  storeIndex(key: string): number;
  commit(): Promise<void>;
  abort(): void;
}

export async function openState<Value>(
  providers: readonly StateStoreProvider<Value>[],
  version: number,
): Promise<PartitionedState<Value>> {
  const stores = await Promise.all(providers.map((provider) => provider.load(version)));
  return {
    stores,
    storeIndex: (key) => (stores.length === 1 ? 0 : partitionOfKey(key, stores.length)),
    async commit() {
      await Promise.all(stores.map((store) => store.commit()));
    },
    abort() {
      for (const store of stores) store.abort();
    },
  };
}
