import { type KafkaClient, valueText } from '../port/index.ts';

/** The values of all committed records of a topic, partition by partition in their order; '' for null. */
export async function committedValues(client: KafkaClient, topic: string): Promise<string[]> {
  const ends = await client.admin.endOffsets(topic, 'read-committed');
  const reader = await client.createReader({ isolation: 'read-committed' });
  reader.assign(ends.map((_, partition) => ({ topic, partition, offset: 0 })));
  const values: string[] = [];
  while (ends.some((end, partition) => reader.position(topic, partition) < end)) {
    for (const { batches } of await reader.poll(100)) {
      for (const batch of batches) {
        for (let index = 0; index < batch.count; index += 1) values.push(valueText(batch, index) ?? '');
      }
    }
  }
  await reader.close();
  return values;
}
