import { setTimeout as delay } from 'node:timers/promises';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import {
  connect,
  type EmbeddedLog,
  type KafkaClient,
  keyText,
  startEmbeddedLog,
  valueText,
} from '../../kafka/index.ts';
import { loadWorkload, type RecordedLog } from '../../workloads/index.ts';
import {
  constantRate,
  lagBetween,
  loadBacklog,
  parseSchedule,
  type Replay,
  scheduleOf,
  startReplay,
} from './index.ts';

const TOPIC = 'input';
let server: EmbeddedLog;
let client: KafkaClient;

beforeEach(async () => {
  server = await startEmbeddedLog();
  client = await connect(server.connection);
  await client.admin.createTopics([{ topic: TOPIC, partitions: 4 }]);
});

afterEach(async () => {
  await client.close();
  await server.stop();
});

async function makeLog(events: number): Promise<RecordedLog> {
  const workload = await loadWorkload('regional-revenue');
  return workload.generate({ ...workload.defaults, seed: 1, events, brokenShare: 0.01 });
}

/** The topic as lines `partition key value`, partition by partition. */
async function stored(): Promise<string[]> {
  const reader = await client.createReader({ isolation: 'read-committed' });
  const ends = await client.admin.endOffsets(TOPIC, 'read-committed');
  reader.assign(ends.map((_, partition) => ({ topic: TOPIC, partition, offset: 0 })));
  const lines: string[][] = ends.map(() => []);
  while (ends.some((end, partition) => reader.position(TOPIC, partition) < end)) {
    for (const { partition, batches } of await reader.poll(100)) {
      for (const batch of batches) {
        for (let index = 0; index < batch.count; index += 1) {
          lines[partition]?.push(`${partition} ${keyText(batch, index)} ${valueText(batch, index)}`);
        }
      }
    }
  }
  await reader.close();
  return lines.flat();
}

async function until(isSo: () => boolean): Promise<void> {
  while (!isSo()) await delay(5);
}

function linesOf(log: RecordedLog): string[] {
  const bytes = Buffer.from(log.values);
  const lines: string[][] = Array.from({ length: log.specification.partitions }, () => []);
  for (let sequence = 0; sequence < log.count; sequence += 1) {
    const partition = log.partitionOf[sequence] as number;
    const value = bytes.toString('utf8', log.valueStart[sequence], log.valueStart[sequence + 1]);
    lines[partition]?.push(`${partition} ${log.keys[log.keyOf[sequence] as number]} ${value}`);
  }
  return lines.flat();
}

describe('startReplay', () => {
  test('sends every record of the log, as it is and in its partition, none before it is due', async () => {
    const log = await makeLog(2_000);
    const schedule = constantRate(10_000);
    const replay = await startReplay({ connection: server.connection, topic: TOPIC, log, schedule });
    expect(replay.progress()).toEqual({ sent: 0, acknowledged: 0 });
    replay.start(process.hrtime.bigint() + 20_000_000n);
    const report = await replay.done;
    expect(report).toMatchObject({ sent: log.count, acknowledged: log.count, stored: log.count });
    expect(report).toMatchObject({ onSchedule: log.count, producers: 1 });
    expect(lagBetween(schedule, report.sentUs, 0, 1_000).count).toBe(log.count);
    expect(report.achievedRatePerSecond).toBeLessThanOrEqual(10_000.001);
    for (const [sequence, sentUs] of report.sentUs.entries()) {
      expect(sentUs * 1_000).toBeGreaterThanOrEqual(schedule.dueNs(sequence));
    }
    expect(await stored()).toEqual(linesOf(log));
    expect(replay.progress()).toEqual({ sent: log.count, acknowledged: log.count });
    await replay.stop();
  });

  test('sends what is overdue at once when its start lies in the past, and counts it as lag', async () => {
    const log = await makeLog(1_000);
    const schedule = constantRate(1_000);
    const replay = await startReplay({ connection: server.connection, topic: TOPIC, log, schedule });
    replay.start(process.hrtime.bigint() - 60_000_000_000n);
    const report = await replay.done;
    expect(lagBetween(schedule, report.sentUs, 0, 2_000).min).toBeGreaterThanOrEqual(58_000_000);
    expect(report.stored).toBe(log.count);
    await replay.stop();
  });

  test('sends what is left at once when it is released, however far off it is due', async () => {
    const log = await makeLog(5_000);
    const schedule = constantRate(200);
    const replay = await startReplay({ connection: server.connection, topic: TOPIC, log, schedule });
    replay.start(process.hrtime.bigint());
    await until(() => replay.progress().acknowledged > 3);
    replay.release();
    replay.release();
    const report = await replay.done;
    expect(report).toMatchObject({ sent: log.count, acknowledged: log.count, stored: log.count });
    expect(report.onSchedule).toBeGreaterThan(3);
    expect(report.onSchedule).toBeLessThan(log.count);
    expect(report.achievedRatePerSecond).toBeLessThanOrEqual(200.001);
    const early = report.sentUs.findIndex((sentUs, sequence) => sentUs * 1_000 < schedule.dueNs(sequence));
    expect(early).toBeGreaterThanOrEqual(report.onSchedule);
    const lag = lagBetween(schedule, report.sentUs, 0, 60_000);
    expect(lag.count).toBeGreaterThanOrEqual(early);
    expect(lag.count).toBeLessThan(log.count);
    expect(await stored()).toEqual(linesOf(log));
    await replay.stop();
  });

  test('sends everything at once when it was released before its start', async () => {
    const log = await makeLog(500);
    const replay = await startReplay({
      connection: server.connection,
      topic: TOPIC,
      log,
      schedule: constantRate(1),
    });
    replay.release();
    replay.start(process.hrtime.bigint());
    const report = await replay.done;
    expect(report).toMatchObject({ onSchedule: 0, achievedRatePerSecond: 0, stored: log.count });
    await replay.stop();
  });

  test('sends each record once and in order, by several producers', async () => {
    const producers = 3;
    const log = await makeLog(3_000);
    const schedule = scheduleOf(parseSchedule('burst:5000-50000/200ms/50ms'));
    const replay = await startReplay({
      connection: server.connection,
      topic: TOPIC,
      log,
      schedule,
      producers,
    });
    replay.start(process.hrtime.bigint() + 20_000_000n);
    const report = await replay.done;
    const { count } = log;
    expect(report).toMatchObject({
      sent: count,
      acknowledged: count,
      stored: count,
      onSchedule: count,
      producers,
    });
    expect(replay.progress()).toEqual({ sent: count, acknowledged: count });
    expect(lagBetween(schedule, report.sentUs, 0, 60_000).count).toBe(count);
    expect(report.longestUnacknowledgedMs).toBeGreaterThan(0);
    expect(['real-time', 'normal']).toContain(report.scheduling);
    expect(await stored()).toEqual(linesOf(log));
    await replay.stop();
  });

  test.each([0, 1.5, 5, Number.NaN])('refuses %d producers for four partitions', async (producers) => {
    const task = { connection: server.connection, topic: TOPIC, log: await makeLog(100), producers };
    await expect(startReplay({ ...task, schedule: constantRate(1_000) })).rejects.toMatchObject({
      code: 'REPLAY_PRODUCERS_INVALID',
    });
  });

  test.each<[string, (replay: Replay) => Promise<unknown> | undefined]>([
    ['before its start', () => undefined],
    [
      'while it waits for its start',
      async (replay) => replay.start(process.hrtime.bigint() + 60_000_000_000n),
    ],
    [
      'while it sends',
      (replay) => {
        replay.start(process.hrtime.bigint());
        return until(() => replay.progress().sent > 0);
      },
    ],
    [
      'when it is released',
      async (replay) => {
        replay.start(process.hrtime.bigint());
        replay.release();
      },
    ],
    [
      'when it is done',
      (replay) => {
        replay.start(process.hrtime.bigint());
        replay.release();
        return replay.done;
      },
    ],
  ])('ends at once when it is stopped %s, and twice', async (_, reach) => {
    const replay = await startReplay({
      connection: server.connection,
      topic: TOPIC,
      log: await makeLog(2_000),
      schedule: constantRate(20),
      producers: 2,
    });
    await reach(replay);
    await replay.stop();
    await replay.stop();
    const { sent } = replay.progress();
    await delay(20);
    expect(replay.progress().sent).toBe(sent);
  });

  test('refuses a topic that is missing or has fewer partitions than the log', async () => {
    const task = { connection: server.connection, log: await makeLog(100), schedule: constantRate(1_000) };
    await expect(startReplay({ ...task, topic: 'nowhere' })).rejects.toMatchObject({
      code: 'KAFKA_TOPIC_MISSING',
    });
    await client.admin.createTopics([{ topic: 'small', partitions: 1 }]);
    await expect(startReplay({ ...task, topic: 'small' })).rejects.toMatchObject({
      code: 'REPLAY_TOPIC_TOO_SMALL',
      message: 'The topic small has 1 partitions, the log needs 4.',
      exit: 'usage',
    });
  });

  test('fails with the client’s error when the broker goes away', async () => {
    const replay = await startReplay({
      connection: server.connection,
      topic: TOPIC,
      log: await makeLog(5_000),
      schedule: constantRate(1_000),
    });
    replay.start(process.hrtime.bigint());
    await server.stop();
    await expect(replay.done).rejects.toMatchObject({ code: expect.stringMatching(/^KAFKA_/) });
    await replay.stop();
  });
});

describe('loadBacklog', () => {
  test('stores the whole log', async () => {
    const log = await makeLog(20_000);
    const report = await loadBacklog({ connection: server.connection, topic: TOPIC, log });
    expect(report).toMatchObject({ sent: log.count, acknowledged: log.count, stored: log.count });
    expect(await stored()).toEqual(linesOf(log));
  });

  test('ends with the reason of its signal', async () => {
    const controller = new AbortController();
    const loading = loadBacklog({
      connection: server.connection,
      topic: TOPIC,
      log: await makeLog(20_000),
      signal: controller.signal,
    });
    controller.abort(new Error('interrupted'));
    await expect(loading).rejects.toThrow('interrupted');
  });
});
