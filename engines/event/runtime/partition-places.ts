import type { PartitionPlace } from '../connect/index.ts';
import type { WiredTopic } from './job-wiring.ts';

/** All input partitions of a job in their one numbering: source by source, each in the order of its topic. */
export function partitionPlaces(inputs: readonly WiredTopic[]): readonly PartitionPlace[] {
  return inputs
    .flatMap(({ partitions }, source) =>
      Array.from({ length: partitions }, (_, topicPartition) => ({ source, topicPartition })),
    )
    .map((place, partition) => ({ partition, ...place }));
}
