import { Kafka, logLevel, Partitioners } from 'kafkajs';
import { type BenchWorkload, expectBytes, measured, readArguments, report } from './workload.ts';

/** kafkajs as it comes, in a process of its own. */
const RECORDS_PER_SEND = 2_000;
const SENDS_AT_A_TIME = 5;

const { direction, workload } = readArguments(process.argv);
const kafka = new Kafka({
  brokers: [...workload.brokers],
  clientId: 'unchanged-kafkajs',
  logLevel: logLevel.NOTHING,
});
report(await (direction === 'produce' ? produce(workload) : consume(workload)));

async function produce({ topic, partitions, records, warmUpRecords, recordBytes }: BenchWorkload) {
  const producer = kafka.producer({
    createPartitioner: Partitioners.DefaultPartitioner,
    allowAutoTopicCreation: false,
  });
  await producer.connect();
  const value = 'x'.repeat(recordBytes);
  const send = async (count: number) => {
    let sent = 0;
    const sender = async () => {
      while (sent < count) {
        const batch = Math.min(RECORDS_PER_SEND, count - sent);
        sent += batch;
        const messages = Array.from({ length: batch }, (_, index) => ({
          partition: index % partitions,
          value,
        }));
        await producer.send({ topic, messages, acks: -1 });
      }
    };
    await Promise.all(Array.from({ length: SENDS_AT_A_TIME }, sender));
  };
  await send(warmUpRecords);
  const result = await measured(records, () => send(records));
  await producer.disconnect();
  return result;
}

async function consume(of: BenchWorkload) {
  const consumer = kafka.consumer({ groupId: `bench-${process.pid}`, maxWaitTimeInMs: 1_000 });
  const total = of.records + of.warmUpRecords;
  let records = 0;
  let bytes = 0;
  const done = Promise.withResolvers<void>();
  // The clock starts when the group is joined: a reader of assigned partitions has nothing like it.
  const joined = Promise.withResolvers<void>();
  consumer.on(consumer.events.GROUP_JOIN, () => joined.resolve());
  await consumer.connect();
  await consumer.subscribe({ topic: of.topic, fromBeginning: true });
  await consumer.run({
    autoCommit: false,
    eachBatchAutoResolve: true,
    eachBatch: async ({ batch }) => {
      records += batch.messages.length;
      for (const { value } of batch.messages) bytes += value?.length ?? 0;
      if (records >= total) done.resolve();
    },
  });
  await joined.promise;
  const result = await measured(total, () => done.promise);
  expectBytes(bytes, of);
  await consumer.disconnect();
  return result;
}
