export { createChangelogProvider } from './changelog-provider.ts';
export { partitionOfKey } from './key-hash.ts';
export type { StateStore, StateStoreProvider, ValueCodec } from './state-store.ts';
