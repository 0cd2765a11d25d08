/** The replay's own thread: one producer, paced by the schedule alone. */
import { once } from 'node:events';
import { parentPort, workerData } from 'node:worker_threads';
import { toWireError } from '../../errors/index.ts';
import { connect, type KafkaClient, type Producer } from '../../kafka/index.ts';
import { replayErrors } from './errors.ts';
import { LagRecorder } from './lag-recorder.ts';
import type { ReplayCommand, ReplayMessage, ReplayThreadTask, ThreadReport } from './protocol.ts';
import { RecordSender } from './record-sender.ts';
import { scheduleOf } from './schedule.ts';
import { sendBacklog } from './send-backlog.ts';
import { sendOnSchedule } from './send-on-schedule.ts';

const PROGRESS_INTERVAL_NS = 100_000_000;

const task = workerData as ReplayThreadTask;
const { topic, log } = task;
const post = (message: ReplayMessage): void => parentPort?.postMessage(message);

try {
  const client = await connect(task.connection);
  await requirePartitions(client);
  const before = await endOffsetSum(client);
  const producer = await client.createProducer(task.producer);
  post({ kind: 'ready' });
  const [command] = (await once(parentPort as NonNullable<typeof parentPort>, 'message')) as [ReplayCommand];
  const report = await replay(producer, command.startNs, async () => (await endOffsetSum(client)) - before);
  await producer.close();
  await client.close();
  post({ kind: 'done', report });
} catch (error) {
  post({ kind: 'failed', error: toWireError(error) });
}
parentPort?.close();

async function replay(
  producer: Producer,
  startNs: bigint,
  stored: () => Promise<number>,
): Promise<ThreadReport> {
  const sender = new RecordSender(log, topic, producer);
  const lag = new LagRecorder();
  // Both clocks are CLOCK_MONOTONIC; performance.now() makes no BigInt for each record.
  const originNs = Number(process.hrtime.bigint() - startNs) - performance.now() * 1e6;
  const elapsedNs = (): number => originNs + performance.now() * 1e6;
  let acknowledged = 0;
  let acknowledgedNs = 0;
  let reportedNs = Number.NEGATIVE_INFINITY;
  producer.onAcknowledged = (records) => {
    acknowledged += records;
    acknowledgedNs = elapsedNs();
  };
  const onTurn = (): void => {
    const nowNs = elapsedNs();
    if (nowNs - reportedNs < PROGRESS_INTERVAL_NS) return;
    reportedNs = nowNs;
    post({ kind: 'progress', progress: { sent: sender.sent, acknowledged } });
  };
  const { pace, sentUs } = task;
  let durationNs: number;
  switch (pace.kind) {
    case 'schedule': {
      const schedule = scheduleOf(pace.profile);
      await sendOnSchedule({ sender, producer, schedule, lag, sentUs, elapsedNs, onTurn });
      const last = log.count - 1;
      durationNs = (sentUs[last] as number) * 1_000 + schedule.dueNs(log.count) - schedule.dueNs(last);
      break;
    }
    case 'backlog':
      await sendBacklog(sender, producer, onTurn);
      durationNs = elapsedNs();
      break;
  }
  await producer.flush();
  return {
    sent: sender.sent,
    acknowledged,
    stored: await stored(),
    lag: lag.distribution(),
    achievedRatePerSecond: (sender.sent * 1e9) / durationNs,
    acknowledgedUs: acknowledgedNs / 1_000,
  };
}

async function requirePartitions(client: KafkaClient): Promise<void> {
  const found = await client.admin.partitionCount(topic);
  const needed = log.specification.partitions;
  if (found < needed) throw replayErrors.error('REPLAY_TOPIC_TOO_SMALL', { topic, found, needed });
}

async function endOffsetSum(client: KafkaClient): Promise<number> {
  const ends = await client.admin.endOffsets(topic, 'read-uncommitted');
  return ends.reduce((total, end) => total + end, 0);
}
