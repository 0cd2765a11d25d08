import type { FileStore } from '../log/index.ts';
import { RedisLink } from './redis-link.ts';
import { createRedisProvider, type RedisCrossings } from './redis-provider.ts';
import { type OwnRedisServer, startRedisServer } from './redis-server.ts';
import type { StateStoreFactory } from './store-factory.ts';

export interface RedisFactoryOptions {
  /** redis://host:port/database; undefined for a server of the engine's own. */
  readonly url: string | undefined;
  /** Folder of the own server's files: absolute. */
  readonly serverFolder: string;
  readonly crossings: RedisCrossings;
  /** How long a server that does not answer is waited for. */
  readonly waitMs: number;
  /** A text that was never given before. */
  readonly newToken: () => string;
}

/** Names the query in Redis: a state folder has state of its own, whatever else lies on the server. */
const ID_FILE = 'state/redis';

/** State in Redis: on the server of the URL, or on one of the engine's own. */
export async function openRedisStateFactory(
  options: RedisFactoryOptions,
): Promise<(files: FileStore) => StateStoreFactory> {
  const { url, serverFolder, crossings, waitMs, newToken } = options;
  const server = url === undefined ? await startRedisServer(serverFolder) : undefined;
  const link = await connectOrEnd(url ?? server?.url ?? '', waitMs, server);
  return (files) => {
    let query: Promise<string> | undefined;
    return {
      create({ operator, partition, name }, codec) {
        const prefix = async () => {
          query ??= queryId(files, newToken);
          return `crosscurrent:${await query}:${operator}:${partition}:${name}`;
        };
        return createRedisProvider({ link, prefix, codec, crossings, newToken });
      },
      async close() {
        await link.close();
        await server?.close();
      },
    };
  };
}

async function connectOrEnd(url: string, waitMs: number, server: OwnRedisServer | undefined) {
  try {
    return await RedisLink.connect(url, waitMs);
  } catch (error) {
    await server?.close();
    throw error;
  }
}

async function queryId(files: FileStore, newToken: () => string): Promise<string> {
  const id = newToken();
  if (await files.create(ID_FILE, `v1\n${id}`)) return id;
  return (await files.read(ID_FILE))?.split('\n')[1] ?? id;
}
