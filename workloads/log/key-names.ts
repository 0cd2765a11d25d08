import { partitionOfKey } from './partition-of-key.ts';

/** Names such as m0001, m0002, ... all of one length; the most frequent key comes first. */
export function keyNames(prefix: string, count: number, leastDigits: number): string[] {
  const digits = Math.max(leastDigits, String(count).length);
  return Array.from({ length: count }, (_, index) => prefix + String(index + 1).padStart(digits, '0'));
}

/** The first of the names `prefix0`, `prefix1`, ... that falls into the partition. */
export function keyInPartition(prefix: string, partition: number, partitions: number): string {
  let attempt = 0;
  while (partitionOfKey(prefix + attempt, partitions) !== partition) attempt += 1;
  return prefix + attempt;
}
