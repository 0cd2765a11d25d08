import { type KafkaClient, keyText, type RecordBatch } from '../../kafka/index.ts';
import { type OutputRecord, outputRecord } from './output-record.ts';

const POLL_WAIT_MS = 50;

/** All committed records of a topic, partition by partition in their order. Nothing writes to it any more. */
export async function readOutput(client: KafkaClient, topic: string): Promise<readonly OutputRecord[]> {
  // The high watermark: a commit is answered before its markers let a read_committed reader past.
  const ends = await client.admin.endOffsets(topic, 'read-uncommitted');
  const reader = await client.createReader({ isolation: 'read-committed' });
  const records: OutputRecord[][] = ends.map(() => []);
  try {
    reader.assign(ends.map((_, partition) => ({ topic, partition, offset: 0 })));
    while (ends.some((end, partition) => reader.position(topic, partition) < end)) {
      for (const { partition, batches } of await reader.poll(POLL_WAIT_MS)) {
        for (const batch of batches) {
          for (let index = 0; index < batch.count; index += 1) {
            records[partition]?.push(outputRecord(keyText(batch, index), valueBytes(batch, index)));
          }
        }
      }
    }
  } finally {
    await reader.close();
  }
  return records.flat();
}

function valueBytes({ buffer, valueStart, valueEnd }: RecordBatch, index: number): Uint8Array | null {
  const start = valueStart[index] as number;
  return start < 0 ? null : buffer.subarray(start, valueEnd[index]);
}
