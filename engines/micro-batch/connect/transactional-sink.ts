import type { KafkaClient, TransactionalProducerOptions } from '../../../kafka/index.ts';
import type { BatchSink } from '../execution/index.ts';
import { type OutputTopics, outputRecords } from './output-records.ts';

export interface TransactionalSinkOptions extends Omit<TransactionalProducerOptions, 'transactionalId'> {
  readonly client: KafkaClient;
  readonly topics: OutputTopics;
  /** In the order of the sources. */
  readonly inputTopics: readonly string[];
  /** Consumer group of the committed offsets, and the transactional id. */
  readonly group: string;
}

/**
 * exactly-once: one transaction a batch holds its outputs and its end offsets, whose metadata is the batch id.
 * Opening the producer fences the one before and ends what it left open, so the committed batch id read after that is
 * final: a batch up to it is visible already and is not put out again. Spark's own Kafka sink has no such thing.
 */
export async function openTransactionalSink(options: TransactionalSinkOptions): Promise<BatchSink> {
  const { client, topics, inputTopics, group, ...producerOptions } = options;
  const producer = await client.createTransactionalProducer({ ...producerOptions, transactionalId: group });
  const committed = await Promise.all(
    inputTopics.map((topic) => client.admin.committedOffsets(group, topic)),
  );
  const committedBatch = Math.max(-1, ...committed.flat().map((offset) => batchIdOf(offset?.metadata)));
  return {
    async addBatch(output) {
      if (output.batchId <= committedBatch) return;
      for (const record of outputRecords(output, topics)) producer.append(record);
      const metadata = String(output.batchId);
      await producer.commit({
        group,
        positions: output.end.flatMap((offsets, source) =>
          offsets.map((offset, partition) => ({
            topic: inputTopics[source] as string,
            partition,
            offset,
            metadata,
          })),
        ),
      });
    },
    close: () => producer.close(),
  };
}

/** -1 for offsets that no batch committed. */
function batchIdOf(metadata: string | undefined): number {
  return metadata !== undefined && /^\d+$/.test(metadata) ? Number(metadata) : -1;
}
