import type { Key } from '../state/index.ts';

/** Where the records of a key go. */
export interface KeyTarget {
  readonly keyBytes: Buffer;
  readonly partition: number;
}

/** Keys whose target is kept; beyond that it is computed anew. */
const CACHED_KEYS = 100_000;

/** The partition of each key of one output topic, as Kafka's default partitioner chooses it, and the key's bytes. */
export class OutputPartitioner {
  readonly #partitions: number;
  readonly #targets = new Map<Key, KeyTarget>();

  constructor(partitions: number) {
    this.#partitions = partitions;
  }

  target(key: Key): KeyTarget {
    const known = this.#targets.get(key);
    if (known !== undefined) {
      return known;
    }
    const keyBytes = Buffer.from(String(key));
    const target = { keyBytes, partition: this.partitionOf(keyBytes) };
    if (this.#targets.size < CACHED_KEYS) {
      this.#targets.set(key, target);
    }
    return target;
  }

  partitionOf(keyBytes: Uint8Array): number {
    return (murmur2(keyBytes) & 0x7fff_ffff) % this.#partitions;
  }
}

/** MurmurHash2, 32 bit, with Kafka's seed (org.apache.kafka.common.utils.Utils.murmur2). */
function murmur2(bytes: Uint8Array): number {
  const M = 0x5bd1e995;
  const length = bytes.length;
  let hash = 0x9747b28c ^ length;
  const words = length >> 2;
  for (let word = 0; word < words; word++) {
    const at = word << 2;
    let k =
      (bytes[at] as number) |
      ((bytes[at + 1] as number) << 8) |
      ((bytes[at + 2] as number) << 16) |
      ((bytes[at + 3] as number) << 24);
    k = Math.imul(k, M);
    k ^= k >>> 24;
    k = Math.imul(k, M);
    hash = Math.imul(hash, M) ^ k;
  }
  const tail = words << 2;
  const rest = length - tail;
  if (rest === 3) {
    hash ^= (bytes[tail + 2] as number) << 16;
  }
  if (rest >= 2) {
    hash ^= (bytes[tail + 1] as number) << 8;
  }
  if (rest >= 1) {
    hash = Math.imul(hash ^ (bytes[tail] as number), M);
  }
  hash ^= hash >>> 13;
  hash = Math.imul(hash, M);
  return hash ^ (hash >>> 15);
}
