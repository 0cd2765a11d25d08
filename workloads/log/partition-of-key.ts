/**
 * The partition in which Kafka's own producers put a key: murmur2 of its UTF-8 bytes, made positive, modulo the partitions
 * (org.apache.kafka.clients.producer.internals.BuiltInPartitioner.partitionForKey; hash: Austin Appleby's MurmurHash2).
 */
export function partitionOfKey(key: string, partitions: number): number {
  return (murmur2(Buffer.from(key, 'utf8')) & 0x7fff_ffff) % partitions;
}

function murmur2(bytes: Buffer): number {
  const multiplier = 0x5bd1_e995;
  let hash = 0x9747_b28c ^ bytes.length;
  const whole = bytes.length & ~3;
  for (let index = 0; index < whole; index += 4) {
    let word = Math.imul(bytes.readInt32LE(index), multiplier);
    word = Math.imul(word ^ (word >>> 24), multiplier);
    hash = Math.imul(hash, multiplier) ^ word;
  }
  if (whole < bytes.length) {
    for (let index = bytes.length - 1; index >= whole; index -= 1) {
      hash ^= (bytes[index] as number) << (8 * (index - whole));
    }
    hash = Math.imul(hash, multiplier);
  }
  hash = Math.imul(hash ^ (hash >>> 13), multiplier);
  return hash ^ (hash >>> 15);
}
