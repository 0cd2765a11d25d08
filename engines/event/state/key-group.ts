/** A key of a keyBy: what a utf8, int64 or float64 field holds. */
export type Key = string | number;

/** Key groups [first, last], both included. */
export interface KeyGroupRange {
  readonly first: number;
  readonly last: number;
}

/**
 * The key group of a key, in [0, maxParallelism). Groups are the unit in which keyed state moves between slots, so a key's group
 * never changes while maxParallelism stays. Same assignment as Flink's KeyGroupRangeAssignment over String and Long keys
 * (semantics A17): murmur finaliser over the Java hash code.
 */
export function keyGroupOf(key: Key, maxParallelism: number): number {
  return murmur(typeof key === 'string' ? hashOfString(key) : hashOfNumber(key)) % maxParallelism;
}

/** The slot in [0, parallelism) that owns a key group. */
export function slotOf(keyGroup: number, parallelism: number, maxParallelism: number): number {
  return Math.floor((keyGroup * parallelism) / maxParallelism);
}

/** The key groups that a slot owns: the inverse of `slotOf`. */
export function keyGroupRangeOf(slot: number, parallelism: number, maxParallelism: number): KeyGroupRange {
  return {
    first: Math.ceil((slot * maxParallelism) / parallelism),
    last: Math.ceil(((slot + 1) * maxParallelism) / parallelism) - 1,
  };
}

function hashOfString(key: string): number {
  let hash = 0;
  for (let index = 0; index < key.length; index++) {
    hash = (Math.imul(hash, 31) + key.charCodeAt(index)) | 0;
  }
  return hash;
}

const doubleBits = new DataView(new ArrayBuffer(8));

/** Long.hashCode for whole numbers, Double.hashCode for others. */
function hashOfNumber(key: number): number {
  if (Number.isSafeInteger(key)) {
    return (key | 0) ^ Math.floor(key / 0x1_0000_0000);
  }
  doubleBits.setFloat64(0, key);
  return doubleBits.getInt32(0) ^ doubleBits.getInt32(4);
}

/** MathUtils.murmurHash: MurmurHash3 of the one int, made non-negative. */
function murmur(code: number): number {
  let hash = Math.imul(code, 0xcc9e2d51);
  hash = (hash << 15) | (hash >>> 17);
  hash = Math.imul(hash, 0x1b873593);
  hash = (hash << 13) | (hash >>> 19);
  hash = (Math.imul(hash, 5) + 0xe6546b64) | 0;
  hash ^= 4;
  hash = Math.imul(hash ^ (hash >>> 16), 0x85ebca6b);
  hash = Math.imul(hash ^ (hash >>> 13), 0xc2b2ae35);
  hash ^= hash >>> 16;
  return hash === -0x8000_0000 ? 0 : Math.abs(hash);
}
