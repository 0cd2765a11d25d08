import { createInProcessClient, type ProducerOptions, startEmbeddedLog } from '../../kafka/index.ts';
import { RecordSender, type SentLog } from './record-sender.ts';
import type { Schedule } from './schedule/index.ts';
import { sendOnSchedule } from './send-on-schedule.ts';

/** Enough for the hot functions to be compiled by the last tier. */
const RECORDS = 20_000;
/** At this instant, days after the start, all of them are overdue. */
const LATE_NS = 1e15;

/**
 * Sends the beginning of the log to a log in memory: the thread's code is compiled before the first record is due, and Kafka sees
 * nothing of it.
 */
export async function rehearse(
  sent: Omit<SentLog, 'sentUs'>,
  options: ProducerOptions,
  schedule: Schedule,
): Promise<void> {
  const { topic, share } = sent;
  const log = { ...sent.log, count: Math.min(RECORDS, sent.log.count) };
  const server = await startEmbeddedLog();
  const client = createInProcessClient(server.store);
  try {
    await client.admin.createTopics([{ topic, partitions: log.specification.partitions }]);
    const producer = await client.createProducer(options);
    const sender = new RecordSender({ log, topic, share, sentUs: new Float64Array(log.count) }, producer);
    await sendOnSchedule({
      sender,
      producer,
      schedule,
      elapsedNs: () => LATE_NS + performance.now() * 1e6,
      isReleased: () => false,
      onSend: () => undefined,
    });
    await producer.flush();
  } finally {
    await client.close();
    await server.stop();
  }
}
