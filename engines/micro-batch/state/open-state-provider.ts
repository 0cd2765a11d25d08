import { join } from 'node:path';
import type { FileStore } from '../log/index.ts';
import { createMemoryStateFactory } from './memory-factory.ts';
import type { RedisCrossings } from './redis-provider.ts';
import { createRocksDbStateFactory } from './rocksdb-factory.ts';
import type { StateStoreFactory } from './store-factory.ts';

export interface StateProviderOptions {
  /** memory, rocksdb, redis (a server of the engine's own) or the redis:// URL of a server. */
  readonly stateProvider: string;
  /** Where providers keep what is not in the file store. */
  readonly stateFolder: string;
  readonly snapshotInterval: number;
  readonly stateCacheEntries: number;
  readonly redisCrossings: RedisCrossings;
  readonly redisWaitMs: number;
  /** Of the server of the URL; no setting, since settings are shown. */
  readonly redisPassword?: string | undefined;
  /** A text that was never given before. */
  readonly newToken: () => string;
}

/** Opens what the stores of a query will live in; the factory's `close` ends it. */
export async function openStateProvider(
  options: StateProviderOptions,
): Promise<(files: FileStore) => StateStoreFactory> {
  const { stateProvider, stateFolder, snapshotInterval, stateCacheEntries: cacheEntries } = options;
  switch (stateProvider) {
    case 'memory':
      return (files) => createMemoryStateFactory(files, snapshotInterval);
    case 'rocksdb': {
      const databases = join(stateFolder, 'rocksdb');
      return (files) => createRocksDbStateFactory(files, { databases, snapshotInterval, cacheEntries });
    }
    default: {
      // The client is 650 modules, which would be half of what every command and every engine process loads at its start.
      const { openRedisStateFactory } = await import('./redis-factory.ts');
      return openRedisStateFactory({
        url: stateProvider === 'redis' ? undefined : withPassword(stateProvider, options.redisPassword),
        serverFolder: join(stateFolder, 'redis'),
        crossings: options.redisCrossings,
        waitMs: options.redisWaitMs,
        newToken: options.newToken,
      });
    }
  }
}

function withPassword(url: string, password: string | undefined): string {
  if (password === undefined) return url;
  const complete = new URL(url);
  complete.password = password;
  return complete.href;
}
