import { randomUUID } from 'node:crypto';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createClient } from 'redis';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { contents, describeStateStoreContract } from './describe-state-store-contract.ts';
import { testStateStoreModel } from './describe-state-store-model.ts';
import { RedisLink } from './redis-link.ts';
import { createRedisProvider, type RedisCrossings } from './redis-provider.ts';
import { type OwnRedisServer, startRedisServer } from './redis-server.ts';
import type { ValueCodec } from './state-store.ts';

const codec: ValueCodec<number> = { encode: String, decode: Number };

let folder: string;
let server: OwnRedisServer;
let link: RedisLink;
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'redis-provider-'));
  server = await startRedisServer(join(folder, 'redis'));
  link = await RedisLink.connect(server.url, 10_000);
});
afterAll(async () => {
  await link.close();
  await server.close();
  await rm(folder, { recursive: true, force: true });
});

const provider = (prefix: string, crossings: RedisCrossings = 'pipelined') =>
  createRedisProvider({ link, prefix: async () => prefix, codec, crossings, newToken: randomUUID });

const underTest = (crossings: RedisCrossings) => async () => {
  const prefix = randomUUID();
  return { provider: provider(prefix, crossings), reopen: async () => provider(prefix, crossings) };
};

describeStateStoreContract('Redis, pipelined,', underTest('pipelined'));
describeStateStoreContract('Redis, each key by itself,', underTest('each-key'));
testStateStoreModel('Redis', 20, underTest('pipelined'));

test('more keys than one command takes, each once in a scan', async () => {
  const stored = provider('many');
  const first = await stored.load(0);
  for (let key = 0; key < 5000; key++) first.put(`k${key}`, key);
  await first.commit();
  const second = await stored.load(1);
  const keys = Array.from({ length: 5001 }, (_, key) => `k${key}`);
  expect(await second.getMany(keys)).toEqual([...Array.from({ length: 5000 }, (_, key) => key), undefined]);
  let [visits, sum] = [0, 0];
  await second.scan((_key, value) => {
    visits++;
    sum += value;
  });
  expect([visits, sum, second.size]).toEqual([5000, (5000 * 4999) / 2, 5000]);
});

test('who loaded last may commit: another run cannot', async () => {
  const first = await provider('shared').load(0);
  const second = await provider('shared').load(0);
  first.put('a', 1);
  second.put('a', 2);
  await expect(first.commit()).rejects.toMatchObject({ code: 'MICRO_BATCH_STATE_TAKEN' });
  await second.commit();
  expect(await (await provider('shared').load(1)).getMany(['a'])).toEqual([2]);
});

test('what no kept version needs is removed, and what a batch staged that was lost', async () => {
  const stored = provider('purged');
  for (let version = 0; version < 10; version++) {
    const store = await stored.load(version);
    store.put('a', version);
    await store.commit();
    await stored.maintain(Math.max(0, version - 3));
  }
  const keys = (await link.command(['KEYS', 'purged:*'])) as string[];
  const logs = [7, 8, 9, 10].flatMap((version) => [`purged:redo:${version}`, `purged:undo:${version}`]);
  expect(keys.sort()).toEqual(['purged:meta', 'purged:state', ...logs].sort());
  await expect(stored.load(5)).rejects.toMatchObject({ code: 'MICRO_BATCH_STATE_LOST' });
  expect(await (await stored.load(6)).getMany(['a'])).toEqual([5]);
});

test('state that Redis lost is found by its version, at load and at commit', async () => {
  const stored = provider('emptied');
  await (await stored.load(0)).commit();
  const store = await stored.load(1);
  store.put('a', 1);
  await link.command(['DEL', 'emptied:meta', 'emptied:state', 'emptied:redo:1', 'emptied:undo:1']);
  await expect(store.commit()).rejects.toMatchObject({ code: 'MICRO_BATCH_STATE_LOST' });
  await expect(stored.load(1)).rejects.toMatchObject({ code: 'MICRO_BATCH_STATE_LOST' });
});

test.each(['before', 'after'] as const)(
  'an engine that dies %s any command leaves every kept version, and the next one goes on',
  async (when) => {
    class Crash extends Error {}
    const versions = 6;
    const data = (version: number) => ({ a: version, [`k${version % 3}`]: version });
    let crashed = true;
    for (let command = 0; crashed; command++) {
      const prefix = randomUUID();
      crashed = false;
      let left = command;
      const dying = {
        address: link.address,
        async command(parts: readonly string[]) {
          const now = left-- === 0;
          crashed ||= now;
          if (now && when === 'before') throw new Crash();
          const reply = await link.command(parts);
          if (now) throw new Crash();
          return reply;
        },
      };
      const run = async (through: typeof dying, from: number): Promise<number> => {
        const settings = { codec, crossings: 'each-key', newToken: randomUUID } as const;
        const stored = createRedisProvider({ link: through, prefix: async () => prefix, ...settings });
        let version = from;
        try {
          for (; version < versions; version++) {
            const store = await stored.load(version);
            await store.getMany(['a']);
            for (const [key, value] of Object.entries(data(version + 1))) store.put(key, value);
            store.remove(`k${version % 3}`);
            await store.commit();
            await stored.maintain(Math.max(0, version - 1));
          }
        } catch (error) {
          if (!(error instanceof Crash)) throw error;
        }
        return version;
      };
      const reached = await run(dying, 0);
      const stored = provider(prefix);
      for (let version = Math.max(1, reached - 1); version <= reached; version++) {
        expect(await contents(await stored.load(version)), `after command ${command}`).toEqual(data(version));
      }
      expect(await run({ address: link.address, command: (parts) => link.command(parts) }, reached)).toBe(
        versions,
      );
      expect(await contents(await stored.load(versions))).toEqual(data(versions));
    }
  },
);

test('a server that is killed between reads and commit is started again, and the batch goes on', async () => {
  const stored = provider('killed');
  const first = await stored.load(0);
  first.put('a', 1);
  await first.commit();
  const store = await stored.load(1);
  const [value] = await store.getMany(['a']);
  store.put('a', (value ?? 0) + 1);
  const client = await createClient({ url: server.url }).connect();
  const info = await client.info('server');
  client.on('error', () => undefined);
  client.destroy();
  process.kill(Number(/process_id:(\d+)/.exec(info)?.[1]), 'SIGKILL');
  await store.commit();
  const next = await stored.load(2);
  expect(await next.getMany(['a'])).toEqual([2]);
});

test('a server that stays away ends the query by name', async () => {
  await expect(RedisLink.connect('redis://someone:secret@127.0.0.1:1/3', 100)).rejects.toMatchObject({
    code: 'MICRO_BATCH_REDIS_UNREACHABLE',
    message: expect.stringMatching(/^Redis at redis:\/\/127\.0\.0\.1:1\/3 did not answer for 100 ms/),
  });
});
