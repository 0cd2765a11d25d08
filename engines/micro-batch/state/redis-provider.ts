import { microBatchErrors } from '../errors.ts';
import { openReadThroughStore } from './read-through-store.ts';
import type { RedisLink } from './redis-link.ts';
import { COMMIT_SCRIPT, LOAD_SCRIPT, PURGE_SCRIPT } from './redis-scripts.ts';
import { requireVersion, type StateStoreProvider, type ValueCodec } from './state-store.ts';

/**
 * each-key: a round trip for each key read and for each key written, as stores do that know one key at a time.
 * pipelined: the keys of a batch travel together.
 */
export type RedisCrossings = 'each-key' | 'pipelined';

export interface RedisOptions<Value> {
  readonly link: Pick<RedisLink, 'address' | 'command'>;
  /** Resolves with what the names of the store's keys begin with, for nobody else. */
  readonly prefix: () => Promise<string>;
  readonly codec: ValueCodec<Value>;
  readonly crossings: RedisCrossings;
  /** A text that was never given before: tells who loaded a version last, and so who may commit. */
  readonly newToken: () => string;
}

/** Keys of one command. */
const CHUNK_KEYS = 1000;

/**
 * State in Redis, with versions: the values at one version, and a log of changes a version that leads to the next and
 * one that leads back. A batch is staged and then committed by one script; a version that a lost batch made is undone
 * when its base is loaded again. What Redis lost is found by the version's number, at load and at commit:
 * MICRO_BATCH_STATE_LOST.
 */
export function createRedisProvider<Value>(options: RedisOptions<Value>): StateStoreProvider<Value> {
  const { link, codec, crossings, newToken } = options;

  const script = async (text: string, prefix: string, ...parts: readonly (string | number)[]) =>
    (await link.command(['EVAL', text, '1', prefix, ...parts.map(String)])) as readonly [string, ...number[]];
  const chunkKeys = crossings === 'each-key' ? 1 : CHUNK_KEYS;

  /** Calls `send` for each part of a list: one after another, or all at once. */
  async function inChunks<Item, Reply>(
    items: readonly Item[],
    send: (chunk: readonly Item[]) => Promise<Reply>,
  ): Promise<Reply[]> {
    const replies: (Reply | Promise<Reply>)[] = [];
    for (let start = 0; start < items.length; start += chunkKeys) {
      const reply = send(items.slice(start, start + chunkKeys));
      replies.push(crossings === 'each-key' ? await reply : reply);
    }
    return Promise.all(replies);
  }

  function lost(prefix: string, wanted: number, present: number): Error {
    const store = `${link.address} ${prefix}`;
    return microBatchErrors.error('MICRO_BATCH_STATE_LOST', { store, wanted, present });
  }

  async function commit(
    prefix: string,
    token: string,
    version: number,
    changes: ReadonlyMap<string, Value | undefined>,
  ): Promise<void> {
    const staged = [...changes].flatMap(([key, value]): [string, string][] => [
      [`k${key}`, value === undefined ? '-' : `+${codec.encode(value)}`],
    ]);
    for (;;) {
      await inChunks(staged, (chunk) => link.command(['HSET', `${prefix}:stage:${token}`, ...chunk.flat()]));
      const [outcome, present] = await script(COMMIT_SCRIPT, prefix, version, token, staged.length);
      switch (outcome) {
        case 'done':
          return;
        case 'incomplete':
          // Redis came back without some of it: once more.
          continue;
        case 'taken':
          throw microBatchErrors.error('MICRO_BATCH_STATE_TAKEN', { store: `${link.address} ${prefix}` });
        default:
          throw lost(prefix, version, present ?? 0);
      }
    }
  }

  return {
    async load(version) {
      requireVersion(version);
      const prefix = await options.prefix();
      const token = newToken();
      const [, reached, size] = await script(LOAD_SCRIPT, prefix, version, token);
      if (reached !== version) throw lost(prefix, version, reached ?? 0);
      return openReadThroughStore<Value>({
        version,
        size: size ?? 0,
        async read(keys) {
          const replies = await inChunks(keys, (chunk) =>
            link.command(['HMGET', `${prefix}:state`, ...chunk]),
          );
          return (replies as (string | null)[][])
            .flat()
            .map((text) => (text === null ? undefined : codec.decode(text)));
        },
        async scan(visit) {
          // HSCAN may show a field twice where the table shrank.
          const seen = new Set<string>();
          let cursor = '0';
          do {
            const scan = ['HSCAN', `${prefix}:state`, cursor, 'COUNT', String(CHUNK_KEYS)];
            const [next, entries] = (await link.command(scan)) as [string, string[]];
            for (let index = 0; index < entries.length; index += 2) {
              const key = entries[index] as string;
              if (seen.has(key)) continue;
              seen.add(key);
              visit(key, codec.decode(entries[index + 1] as string));
            }
            cursor = next;
          } while (cursor !== '0');
        },
        commit: (changes) => commit(prefix, token, version, changes),
      });
    },
    async maintain(oldestVersion) {
      await script(PURGE_SCRIPT, await options.prefix(), oldestVersion);
    },
  };
}
