import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { createMemoryFileStore } from '../log/index.ts';
import { openStateProvider } from './open-state-provider.ts';
import { RedisLink } from './redis-link.ts';
import { startRedisServer } from './redis-server.ts';

const codec = { encode: String, decode: Number };

test('a server that wants a password is given the one that is no setting', async () => {
  const folder = await mkdtemp(join(tmpdir(), 'redis-password-'));
  const server = await startRedisServer(folder);
  const link = await RedisLink.connect(server.url, 10_000);
  try {
    await link.command(['CONFIG', 'SET', 'requirepass', 'a word/with @signs']);
    const open = (redisPassword?: string) =>
      openStateProvider({
        stateProvider: server.url,
        stateFolder: folder,
        snapshotInterval: 10,
        stateCacheEntries: 10,
        redisCrossings: 'pipelined',
        redisWaitMs: 500,
        redisPassword,
        newToken: () => 'token',
      });
    await expect(open()).rejects.toThrow('NOAUTH');
    const openStores = await open('a word/with @signs');
    const stores = openStores(createMemoryFileStore());
    const store = await stores.create({ operator: 0, partition: 0, name: 'default' }, codec).load(0);
    expect(await store.getMany(['a'])).toEqual([undefined]);
    store.abort();
    await stores.close();
  } finally {
    await link.close();
    await server.close();
    await rm(folder, { recursive: true, force: true });
  }
});
