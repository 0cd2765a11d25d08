import { setTimeout as delay } from 'node:timers/promises';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import {
  append,
  DEAD_LETTER,
  makeLog,
  ObservedTopics,
  PERFECT,
  PRODUCER,
  RESULT,
  spendResults,
} from './testing/index.ts';

let topics: ObservedTopics;
beforeEach(async () => {
  topics = await ObservedTopics.open();
});
afterEach(async () => {
  await topics.close();
});

describe('stages', () => {
  test('emitted is the create time of the covering output, on the axis of the observation', async () => {
    const log = await makeLog(500);
    const observer = await topics.observe(log, { stages: true });
    const createdMs = (sequence: number): number => 1_700_000_000_000 + 3 * sequence;
    await topics.send(RESULT, spendResults(log), createdMs);
    const { sampleSequences, sampleEmittedUs, sampleAppendedUs } = await topics.finish(
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
    const observer = await topics.observe(log, { stages: true });
    await topics.send(RESULT, spendResults(log));
    const { sampleArrivalsUs, sampleEmittedUs } = await topics.finish(observer, RESULT, DEAD_LETTER);
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
      const observer = await topics.observe(log, { mode, originNs, stages: true, transactional: true });
      const producer = await topics.client.createTransactionalProducer({
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
      const { sampleSequences, sampleArrivalsUs, sampleAppendedUs, tally } = await topics.finish(
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
  const careful = await topics.observe(log);
  const careless = await topics.observe(log, { isolation: 'read-uncommitted' });
  const producer = await topics.client.createTransactionalProducer({
    ...PRODUCER,
    transactionalId: 'engine',
    transactionTimeoutMs: 60_000,
  });
  append(producer, RESULT, results, 0, 50);
  await producer.flush();
  await producer.abort();
  append(producer, RESULT, results, 0, log.count);
  await producer.commit();
  expect((await topics.finish(careful, RESULT, DEAD_LETTER)).tally).toMatchObject({
    outputs: 200,
    repeats: 0,
  });
  expect((await topics.finish(careless, RESULT, DEAD_LETTER)).tally).toMatchObject({
    outputs: 250,
    repeats: 50,
  });
});
