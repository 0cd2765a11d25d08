import { setTimeout as delay } from 'node:timers/promises';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import {
  connect,
  type EmbeddedLog,
  type KafkaClient,
  type Producer,
  startEmbeddedLog,
} from '../../kafka/index.ts';
import { loadWorkload, type RecordedLog } from '../../workloads/index.ts';
import type { Observation, Observer, ObserverTask } from './index.ts';
import { startObserver } from './index.ts';
import { spendResults } from './testing/index.ts';

const RESULT = 'result';
const DEAD_LETTER = 'dead-letter';
const INPUT = 'input';
const PARTITIONS = 4;
const PRODUCER = { acks: -1, lingerMs: 0, maxInFlight: 5 } as const;

let server: EmbeddedLog;
let client: KafkaClient;
let observers: Observer[];

beforeEach(async () => {
  observers = [];
  server = await startEmbeddedLog();
  client = await connect(server.connection);
  await client.admin.createTopics([RESULT, INPUT].map((topic) => ({ topic, partitions: PARTITIONS })));
  await client.admin.createTopics([{ topic: DEAD_LETTER, partitions: 1 }]);
});

afterEach(async () => {
  await Promise.all(observers.map((observer) => observer.abandon()));
  await client.close();
  await server.stop();
});

async function makeLog(events: number): Promise<RecordedLog> {
  const workload = await loadWorkload('merchant-spend');
  return workload.generate({ ...workload.defaults, seed: 1, events, keys: 20, partitions: PARTITIONS });
}

async function observe(log: RecordedLog, task: Partial<ObserverTask> = {}): Promise<Observer> {
  const observer = await startObserver({
    connection: server.connection,
    topics: { output: RESULT, 'dead-letter': DEAD_LETTER },
    log,
    dataflowOptions: { late: 'none' },
    mode: 'live',
    originNs: process.hrtime.bigint(),
    ...task,
  });
  observers.push(observer);
  return observer;
}

/** Appends records `from` to `to` of a log, or of the results in its shape. */
function append(
  producer: Producer,
  topic: string,
  { values, valueStart, partitionOf }: RecordedLog,
  from: number,
  to: number,
  timestampMs?: (sequence: number) => number,
): void {
  for (let sequence = from; sequence < to; sequence += 1) {
    const value = values.subarray(valueStart[sequence], valueStart[sequence + 1]);
    const stamp = timestampMs === undefined ? {} : { timestampMs: timestampMs(sequence) };
    producer.append({ topic, partition: partitionOf[sequence] as number, key: null, value, ...stamp });
  }
}

async function send(
  topic: string,
  records: RecordedLog,
  timestampMs?: (sequence: number) => number,
): Promise<void> {
  const producer = await client.createProducer(PRODUCER);
  append(producer, topic, records, 0, records.count, timestampMs);
  await producer.flush();
  await producer.close();
}

async function finish(observer: Observer, ...topics: string[]): Promise<Observation> {
  const ends = topics.map(
    async (topic) => [topic, await client.admin.endOffsets(topic, 'read-uncommitted')] as const,
  );
  return await observer.finish(Object.fromEntries(await Promise.all(ends)));
}

const PERFECT = {
  repeats: 0,
  wrong: 0,
  reasons: [],
  missing: { samples: 0, lateRecords: 0, deadLetters: 0 },
};
const allOf = (log: RecordedLog): number[] => Array.from({ length: log.count }, (_, sequence) => sequence);
const sorted = (sequences: Uint32Array): number[] => [...sequences].sort((a, b) => a - b);

describe('with the oracle as judge', () => {
  test.each(['live', 'deferred'] as const)('%s: every input has one sample', async (mode) => {
    const log = await makeLog(3_000);
    const observer = await observe(log, { mode });
    expect(observer.expected).toEqual({ samples: log.count, lateRecords: 0, deadLetters: 0 });
    await send(RESULT, spendResults(log));
    const observation = await finish(observer, RESULT, DEAD_LETTER);
    expect(observation.tally).toEqual({ ...PERFECT, outputs: log.count, covered: log.count });
    expect(sorted(observation.sampleSequences)).toEqual(allOf(log));
    expect(sorted(observation.outputNewestSequences)).toEqual(allOf(log));
    expect(observation.sampleArrivalsUs).toHaveLength(log.count);
    expect(observation.sampleArrivalsUs.every((arrivalUs) => arrivalUs > 0)).toBe(true);
    expect(observation.sampleEmittedUs).toBeNull();
    expect(observation.sampleAppendedUs).toBeNull();
    if (mode === 'deferred') expect(observer.tally()).toBeUndefined();
  });

  test('an output that is not what the log calls for is wrong, with its reason', async () => {
    const log = await makeLog(100);
    const observer = await observe(log);
    const producer = await client.createProducer(PRODUCER);
    producer.append({ topic: RESULT, partition: 0, key: null, value: 'nothing like it' });
    producer.append({ topic: RESULT, partition: 0, key: null, value: null });
    producer.append({ topic: DEAD_LETTER, partition: 0, key: null, value: 'nor this' });
    await producer.flush();
    const { tally } = await finish(observer, RESULT, DEAD_LETTER);
    expect(tally).toMatchObject({ outputs: 3, covered: 0, wrong: 3, missing: { samples: 100 } });
    expect(tally.reasons.join()).toMatch(/output: .*nothing like it/);
    expect(tally.reasons.join()).toMatch(/dead-letter: .*nor this/);
  });

  test('fails before it is ready when an output is missing', async () => {
    const log = await makeLog(10);
    await expect(observe(log, { topics: { output: 'nowhere' } })).rejects.toMatchObject({
      code: 'KAFKA_TOPIC_MISSING',
    });
  });

  test('fails with the client’s error when the broker goes away', async () => {
    const observer = await observe(await makeLog(10), { stages: true, transactional: true });
    await server.stop();
    await expect(observer.failed).rejects.toMatchObject({ code: expect.stringMatching(/^KAFKA_/) });
  });
});

describe('stages', () => {
  test('emitted is the create time of the covering output, on the axis of the observation', async () => {
    const log = await makeLog(500);
    const observer = await observe(log, { stages: true });
    const createdMs = (sequence: number): number => 1_700_000_000_000 + 3 * sequence;
    await send(RESULT, spendResults(log), createdMs);
    const { sampleSequences, sampleEmittedUs, sampleAppendedUs } = await finish(
      observer,
      RESULT,
      DEAD_LETTER,
    );
    expect(sampleAppendedUs).toBeNull();
    const first = sampleSequences[0] as number;
    const sinceFirstMs = Array.from(sampleEmittedUs ?? [], (us) =>
      Math.round((us - (sampleEmittedUs?.[0] ?? 0)) / 1_000),
    );
    expect(sinceFirstMs).toEqual(Array.from(sampleSequences, (sequence) => 3 * (sequence - first)));
  });

  test('an output of now was emitted before it arrived, to the half millisecond by which the stamp is off', async () => {
    const log = await makeLog(500);
    const observer = await observe(log, { stages: true });
    await send(RESULT, spendResults(log));
    const { sampleArrivalsUs, sampleEmittedUs } = await finish(observer, RESULT, DEAD_LETTER);
    expect(
      sampleEmittedUs?.every((us, index) => us > -1_000 && us <= (sampleArrivalsUs[index] as number) + 600),
    ).toBe(true);
  });

  test.each(['live', 'deferred'] as const)(
    'exactly-once, %s: appended is never after visible, and visible never before the commit',
    async (mode) => {
      const log = await makeLog(1_000);
      const results = spendResults(log);
      const originNs = process.hrtime.bigint();
      const observer = await observe(log, { mode, originNs, stages: true, transactional: true });
      const producer = await client.createTransactionalProducer({
        ...PRODUCER,
        transactionalId: 'engine',
        transactionTimeoutMs: 60_000,
      });
      const committingUs: number[] = [];
      for (let from = 0; from < log.count; from += 100) {
        append(producer, RESULT, results, from, from + 100);
        await producer.flush();
        await delay(40);
        committingUs.push(Number(process.hrtime.bigint() - originNs) / 1_000);
        await producer.commit();
      }
      const { sampleSequences, sampleArrivalsUs, sampleAppendedUs, tally } = await finish(
        observer,
        RESULT,
        DEAD_LETTER,
      );
      expect(tally).toMatchObject({ ...PERFECT, covered: log.count });
      const appendedUs = sampleAppendedUs as Float64Array;
      expect(appendedUs).toHaveLength(log.count);
      expect(appendedUs.every((us, index) => us <= (sampleArrivalsUs[index] as number))).toBe(true);
      const commitOf = (index: number): number =>
        committingUs[Math.floor((sampleSequences[index] as number) / 100)] as number;
      expect(sampleArrivalsUs.every((us, index) => us >= commitOf(index))).toBe(true);
      expect(appendedUs.some((us, index) => us < commitOf(index))).toBe(true);
    },
  );
});

test('only a read_uncommitted observer sees the outputs of a dead transaction', async () => {
  const log = await makeLog(200);
  const results = spendResults(log);
  const careful = await observe(log);
  const careless = await observe(log, { isolation: 'read-uncommitted' });
  const producer = await client.createTransactionalProducer({
    ...PRODUCER,
    transactionalId: 'engine',
    transactionTimeoutMs: 60_000,
  });
  append(producer, RESULT, results, 0, 50);
  await producer.flush();
  await producer.abort();
  append(producer, RESULT, results, 0, log.count);
  await producer.commit();
  expect((await finish(careful, RESULT, DEAD_LETTER)).tally).toMatchObject({ outputs: 200, repeats: 0 });
  expect((await finish(careless, RESULT, DEAD_LETTER)).tally).toMatchObject({ outputs: 250, repeats: 50 });
});

test('tells live what each second of the schedule came to, the same as the samples do', async () => {
  const log = await makeLog(2_500);
  const originNs = process.hrtime.bigint();
  const observer = await observe(log, { originNs });
  expect(observer.seconds()).toEqual([]);
  const startNs = originNs - 10_000_000_000n;
  observer.schedule({ kind: 'constant', ratePerSecond: 1_000 }, startNs);
  await send(RESULT, spendResults(log));
  while (observer.tally()?.missing.samples !== 0 || observer.seconds().length === 0) await delay(20);
  const seconds = observer.seconds();
  const { sampleSequences, sampleArrivalsUs } = await finish(observer, RESULT, DEAD_LETTER);
  const latestUs = [0, 1, 2].map((second) =>
    Math.max(
      ...Array.from(sampleSequences, (sequence, index) =>
        Math.floor(sequence / 1_000) === second
          ? (sampleArrivalsUs[index] as number) + 1e7 - sequence * 1_000
          : 0,
      ),
    ),
  );
  expect(seconds).toMatchObject([
    { second: 0, expected: 1_000, samples: 1_000, maxUs: expect.closeTo(latestUs[0] as number, 2) },
    { second: 1, expected: 1_000, samples: 1_000, maxUs: expect.closeTo(latestUs[1] as number, 2) },
    { second: 2, expected: 500, samples: 500, maxUs: expect.closeTo(latestUs[2] as number, 2) },
  ]);
});

describe('as a pass-through', () => {
  const PASS_THROUGH = { topics: { input: INPUT }, judge: { kind: 'pass-through' } } as const;

  test('each record of the log covers itself', async () => {
    const log = await makeLog(3_000);
    const observer = await observe(log, { ...PASS_THROUGH, stages: true });
    observer.schedule({ kind: 'constant', ratePerSecond: 1_000 }, process.hrtime.bigint() - 10_000_000_000n);
    await send(INPUT, log);
    while (observer.tally()?.missing.samples !== 0 || observer.seconds().length === 0) await delay(20);
    expect(observer.seconds().map(({ expected, samples }) => [expected, samples])).toEqual(
      Array(3).fill([1_000, 1_000]),
    );
    const observation = await finish(observer, INPUT);
    expect(observation.tally).toEqual({ ...PERFECT, outputs: log.count, covered: log.count });
    expect(sorted(observation.sampleSequences)).toEqual(allOf(log));
    expect(observation.outputNewestSequences).toEqual(observation.sampleSequences);
    expect(observation.outputArrivalsUs).toEqual(observation.sampleArrivalsUs);
    expect(observation.sampleEmittedUs).toHaveLength(log.count);
  });

  test('a changed byte, in the middle or at the end, and a record too many are found', async () => {
    const log = await makeLog(400);
    const values = log.values.slice();
    values[(log.valueStart[250] as number) + 3] = 0x21;
    values[(log.valueStart[261] as number) - 1] = 0x21;
    const observer = await observe(log, PASS_THROUGH);
    await send(INPUT, { ...log, values });
    const producer = await client.createProducer(PRODUCER);
    producer.append({ topic: INPUT, partition: 0, key: null, value: 'one too many' });
    await producer.flush();
    const { tally, sampleSequences } = await finish(observer, INPUT);
    expect(tally).toMatchObject({ outputs: 401, covered: 398, wrong: 3, missing: { samples: 2 } });
    expect(sampleSequences).not.toContain(250);
    expect(sampleSequences).not.toContain(260);
    expect(tally.reasons.join()).toMatch(
      /not record 2[56]0 of the log: .*partition 0: more than the log holds: one too many/,
    );
  });

  test('records in another order are wrong', async () => {
    const log = await makeLog(40);
    const observer = await observe(log, PASS_THROUGH);
    const producer = await client.createProducer(PRODUCER);
    for (const sequence of allOf(log).reverse()) append(producer, INPUT, log, sequence, sequence + 1);
    await producer.flush();
    const { tally } = await finish(observer, INPUT);
    expect(tally.wrong).toBeGreaterThan(30);
  });
});
