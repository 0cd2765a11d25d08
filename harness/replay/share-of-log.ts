import type { RecordedLog } from '../../workloads/index.ts';
import type { Share } from './protocol.ts';

/** A thread's part: all of a partition, so that the order of each key stays. */
export function isOwn(partition: number, { thread, threads }: Share): boolean {
  return partition % threads === thread;
}

/**
 * Sequence numbers of a thread's records, ascending: found before the start, so that nothing is skipped over while sending. Undefined
 * for a thread that is alone, whose records are all of them.
 */
export function ownSequences({ partitionOf, count }: RecordedLog, share: Share): Uint32Array | undefined {
  if (share.threads === 1) return undefined;
  const own = new Uint32Array(count);
  let found = 0;
  for (let sequence = 0; sequence < count; sequence += 1) {
    if (isOwn(partitionOf[sequence] as number, share)) {
      own[found] = sequence;
      found += 1;
    }
  }
  return own.slice(0, found);
}
