import type { TransactionOffsets } from '../../../kafka/index.ts';
import type { WiredTopic } from './job-wiring.ts';
import { partitionPlaces } from './partition-places.ts';

/**
 * The positions of all input partitions as offsets of their topics. Of a topic that two sources read the lesser position counts, which is only
 * for who looks from outside: what is restored are the positions of the checkpoint that the metadata names.
 */
export function transactionOffsets(
  group: string,
  inputs: readonly WiredTopic[],
  positions: readonly number[],
  checkpointId: number,
): TransactionOffsets {
  const metadata = String(checkpointId);
  const byPartition = new Map<string, TransactionOffsets['positions'][number]>();
  for (const { partition: index, source, topicPartition: partition } of partitionPlaces(inputs)) {
    const { topic } = inputs[source] as WiredTopic;
    const offset = positions[index] as number;
    const place = `${partition} ${topic}`;
    const other = byPartition.get(place);
    byPartition.set(place, {
      topic,
      partition,
      offset: Math.min(offset, other?.offset ?? offset),
      metadata,
    });
  }
  return { group, positions: [...byPartition.values()] };
}
