import { setImmediate } from 'node:timers/promises';
import { connect } from '../connect.ts';
import type { KafkaClient } from '../port/index.ts';
import { type BenchWorkload, expectBytes, measured, readArguments, report } from './workload.ts';

/** The client of this repository, in a process of its own. */
const PENDING_BYTES = 16 * 1024 * 1024;
const RECORDS_PER_TURN = 1_000;

const { direction, workload } = readArguments(process.argv);
const client = await connect({ kind: 'kafka', brokers: workload.brokers });
report(await (direction === 'produce' ? produce(client, workload) : consume(client, workload)));
await client.close();

async function produce(kafka: KafkaClient, { topic, partitions, ...of }: BenchWorkload) {
  const { lingerMs, batchBytes } = of;
  const producer = await kafka.createProducer({ acks: -1, lingerMs, maxInFlight: 5, batchBytes });
  const value = 'x'.repeat(of.recordBytes);
  const send = async (records: number) => {
    for (let sent = 0; sent < records; await setImmediate()) {
      const stop = Math.min(records, sent + RECORDS_PER_TURN);
      if (producer.pendingBytes > PENDING_BYTES) continue;
      for (; sent < stop; sent++) producer.append({ topic, partition: sent % partitions, key: null, value });
    }
    await producer.flush();
  };
  await send(of.warmUpRecords);
  return measured(of.records, () => send(of.records));
}

async function consume(kafka: KafkaClient, of: BenchWorkload) {
  const reader = await kafka.createReader({ isolation: 'read-committed' });
  const partitions = Array.from({ length: of.partitions }, (_, partition) => partition);
  reader.assign(partitions.map((partition) => ({ topic: of.topic, partition, offset: 0 })));
  let records = 0;
  let bytes = 0;
  const result = await measured(of.records + of.warmUpRecords, async () => {
    while (records < of.records + of.warmUpRecords) {
      for (const { batches } of await reader.poll(1_000)) {
        for (const { count, valueStart, valueEnd } of batches) {
          records += count;
          for (let index = 0; index < count; index++) {
            bytes += (valueEnd[index] as number) - (valueStart[index] as number);
          }
        }
      }
    }
  });
  expectBytes(bytes, of);
  return result;
}
