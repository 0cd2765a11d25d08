import type { FileStore } from '../log/index.ts';
import { createChangelogProvider } from './changelog-provider.ts';
import type { StateStoreFactory } from './store-factory.ts';

/** State in memory, its files in `state/<operator>/<partition>`, as Spark lays them out; a store with a name in a folder of that name in it. */
export function createMemoryStateFactory(files: FileStore, snapshotInterval: number): StateStoreFactory {
  return {
    create({ operator, partition, name }, codec) {
      const folder = `state/${operator}/${partition}${name === 'default' ? '' : `/${name}`}`;
      return createChangelogProvider({ files, folder, codec, snapshotInterval });
    },
    async close() {},
  };
}
