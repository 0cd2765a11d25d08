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
import { constantRate, lagBetween, loadBacklog, startReplay } from './index.ts';

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

  test('ends at once when it is stopped, also before its start, and twice', async () => {
    const log = await makeLog(1_000);
    for (const start of [true, false]) {
      const replay = await startReplay({
        connection: server.connection,
        topic: TOPIC,
        log,
        schedule: constantRate(1),
      });
      if (start) replay.start(process.hrtime.bigint());
      await replay.stop();
      await replay.stop();
      expect((await stored()).length).toBeLessThan(log.count);
    }
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
