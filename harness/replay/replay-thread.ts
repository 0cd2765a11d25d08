/** A thread of the replay: one producer that sends its share of the log, paced by the schedule alone. */
import { type MessagePort, parentPort, workerData } from 'node:worker_threads';
import { toWireError } from '../../errors/index.ts';
import { connect, type KafkaClient, type Producer } from '../../kafka/index.ts';
import { AcknowledgementWatch } from './acknowledgement-watch.ts';
import { replayErrors } from './errors.ts';
import type { ReplayCommand, ReplayMessage, ReplayThreadTask, Scheduling, ThreadReport } from './protocol.ts';
import { leaveRealTime, requestRealTime } from './real-time.ts';
import { RecordSender } from './record-sender.ts';
import { rehearse } from './rehearse.ts';
import { scheduleOf } from './schedule/index.ts';
import { sendBacklog } from './send-backlog.ts';
import { sendOnSchedule } from './send-on-schedule.ts';
import { isOwn } from './share-of-log.ts';

const task = workerData as ReplayThreadTask;
const { topic, log, share, counts, pace } = task;
const port = parentPort as MessagePort;
const post = (message: ReplayMessage): void => port.postMessage(message);

const started = Promise.withResolvers<bigint>();
let isReleased = false;
port.on('message', (command: ReplayCommand) => {
  switch (command.kind) {
    case 'start':
      started.resolve(command.startNs);
      return;
    case 'release':
      isReleased = true;
      return;
    default:
      command satisfies never;
  }
});

try {
  const client = await connect(task.connection);
  await requirePartitions(client);
  const before = await ownEndOffsets(client);
  const producer = await client.createProducer(task.producer);
  const sender = new RecordSender(task, producer);
  const scheduling = await prepare();
  post({ kind: 'ready' });
  const sent = await replay(producer, sender, await started.promise);
  const stored = (await ownEndOffsets(client)) - before;
  await producer.close();
  await client.close();
  post({ kind: 'done', report: { ...sent, stored, scheduling } });
} catch (error) {
  post({ kind: 'failed', error: toWireError(error) });
}
port.close();

/** Before the start: compiles what will run, and asks for the class of scheduling that a schedule wants. */
async function prepare(): Promise<Scheduling> {
  if (pace.kind === 'backlog') return 'normal';
  await rehearse(task, task.producer, scheduleOf(pace.profile));
  return await requestRealTime();
}

async function replay(
  producer: Producer,
  sender: RecordSender,
  startNs: bigint,
): Promise<Omit<ThreadReport, 'stored' | 'scheduling'>> {
  // Both clocks are CLOCK_MONOTONIC; performance.now() makes no BigInt for each record.
  const originNs = Number(process.hrtime.bigint() - startNs) - performance.now() * 1e6;
  const elapsedNs = (): number => originNs + performance.now() * 1e6;
  const watch = new AcknowledgementWatch();
  const count = (): void => {
    Atomics.store(counts, 2 * share.thread, sender.sent);
    Atomics.store(counts, 2 * share.thread + 1, watch.acknowledged);
  };
  producer.onAcknowledged = (records) => {
    watch.onAcknowledged(records, elapsedNs(), sender.sent);
    count();
  };
  const onSend = (nowNs: number): void => {
    count();
    watch.onSend(nowNs);
  };
  const sending = { sender, producer, elapsedNs, onSend };
  if (pace.kind === 'schedule') {
    await sendOnSchedule({ ...sending, schedule: scheduleOf(pace.profile), isReleased: () => isReleased });
  }
  const onSchedule = sender.sent;
  const onScheduleAcknowledged = producer.flush().then(elapsedNs);
  // A failure shows in what follows too.
  onScheduleAcknowledged.catch(() => undefined);
  if (!sender.finished) {
    await leaveRealTime();
    await sendBacklog(sending);
  }
  await producer.flush();
  count();
  return {
    sent: sender.sent,
    acknowledged: watch.acknowledged,
    onSchedule,
    onScheduleAcknowledgedUs: (await onScheduleAcknowledged) / 1_000,
    acknowledgedUs: watch.lastNs / 1_000,
    longestUnacknowledgedMs: watch.longestUnacknowledgedNs / 1e6,
  };
}

async function requirePartitions(client: KafkaClient): Promise<void> {
  const found = await client.admin.partitionCount(topic);
  const needed = log.specification.partitions;
  if (found < needed) throw replayErrors.error('REPLAY_TOPIC_TOO_SMALL', { topic, found, needed });
}

async function ownEndOffsets(client: KafkaClient): Promise<number> {
  const ends = await client.admin.endOffsets(topic, 'read-uncommitted');
  return ends.reduce((total, end, partition) => total + (isOwn(partition, share) ? end : 0), 0);
}
