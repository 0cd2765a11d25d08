import type { FileStore } from '../log/index.ts';
import { createChangelogProvider } from './changelog-provider.ts';
import { type StateStoreFactory, storeFolder } from './store-factory.ts';

/** State in memory, its files in the file store. */
export function createMemoryStateFactory(files: FileStore, snapshotInterval: number): StateStoreFactory {
  return {
    create(id, codec) {
      return createChangelogProvider({ files, folder: storeFolder(id), codec, snapshotInterval });
    },
    async close() {},
  };
}
