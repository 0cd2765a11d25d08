export { partitionOfKey } from './key-hash.ts';
export { createMemoryStateFactory } from './memory-factory.ts';
export { openStateProvider } from './open-state-provider.ts';
export type { StateStore, StateStoreProvider, ValueCodec } from './state-store.ts';
export type { StateStoreFactory } from './store-factory.ts';
