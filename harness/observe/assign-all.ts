import type { KafkaAdmin, PartitionReader } from '../../kafka/index.ts';

export interface AssignedPartition {
  readonly topic: string;
  readonly partition: number;
}

/** Sets a reader at the beginning of every partition of the topics. */
export async function assignAll(
  reader: PartitionReader,
  admin: KafkaAdmin,
  topics: readonly string[],
): Promise<AssignedPartition[]> {
  const all: AssignedPartition[] = [];
  for (const topic of topics) {
    const count = await admin.partitionCount(topic);
    for (let partition = 0; partition < count; partition += 1) all.push({ topic, partition });
  }
  reader.assign(all.map((position) => ({ ...position, offset: 0 })));
  return all;
}
