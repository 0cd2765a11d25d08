import { join } from 'node:path';
import type { FileStore } from '../log/index.ts';
import { createRocksDbProvider } from './rocksdb-provider.ts';
import { type StateStoreFactory, storeFolder } from './store-factory.ts';

interface RocksDbFactoryOptions {
  /** Folder of the working databases. */
  readonly databases: string;
  readonly snapshotInterval: number;
  /** Values that each store keeps on the heap. */
  readonly cacheEntries: number;
}

/** State in RocksDB, a working database a store; the files as those of state in memory. */
export function createRocksDbStateFactory(
  files: FileStore,
  { databases, snapshotInterval, cacheEntries }: RocksDbFactoryOptions,
): StateStoreFactory {
  const closing: (() => Promise<void>)[] = [];
  return {
    create(id, codec) {
      const { operator, partition, name } = id;
      const databaseFolder = join(databases, `${operator}-${partition}-${name}`);
      const folder = storeFolder(id);
      const provider = createRocksDbProvider({
        files,
        folder,
        codec,
        snapshotInterval,
        databaseFolder,
        cacheEntries,
      });
      closing.push(() => provider.close());
      return provider;
    },
    async close() {
      await Promise.all(closing.splice(0).map((close) => close()));
    },
  };
}
