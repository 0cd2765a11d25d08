import type { KafkaClient, ProducerOptions } from '../../../kafka/index.ts';
import type { BatchSink } from '../execution/index.ts';
import { type OutputTopics, outputRecords } from './output-records.ts';

/** at-least-once: a batch is acknowledged before it commits; run again after a crash it is put out again. */
export async function openDirectSink(
  client: KafkaClient,
  topics: OutputTopics,
  options: ProducerOptions,
): Promise<BatchSink> {
  const producer = await client.createProducer(options);
  return {
    async addBatch(output) {
      for (const record of outputRecords(output, topics)) producer.append(record);
      await producer.flush();
    },
    close: () => producer.close(),
  };
}
