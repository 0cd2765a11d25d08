/**
 * 32-bit FNV-1a over UTF-16 units with a final mix (Murmur3's), so that short keys spread over few partitions:
 * decides the state partition and the output partition of a key. Part of what state folders mean: never change it.
 */
function hashKey(key: string): number {
  let hash = 0x811c9dc5;
  for (let index = 0; index < key.length; index++) {
    hash = Math.imul(hash ^ key.charCodeAt(index), 0x01000193);
  }
  hash ^= hash >>> 16;
  hash = Math.imul(hash, 0x85ebca6b);
  hash ^= hash >>> 13;
  return hash >>> 0;
}

/** Partition of a key among `partitions`. */
export const partitionOfKey = (key: string, partitions: number): number => hashKey(key) % partitions;
