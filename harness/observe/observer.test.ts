import { setTimeout as delay } from 'node:timers/promises';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import {
  allOf,
  DEAD_LETTER,
  makeLog,
  ObservedTopics,
  PERFECT,
  PRODUCER,
  RESULT,
  sorted,
  spendResults,
} from './testing/index.ts';

let topics: ObservedTopics;
beforeEach(async () => {
  topics = await ObservedTopics.open();
});
afterEach(async () => {
  await topics.close();
});

describe('with the oracle as judge', () => {
  test.each(['live', 'deferred'] as const)('%s: every input has one sample', async (mode) => {
    const log = await makeLog(3_000);
    const observer = await topics.observe(log, { mode });
    expect(observer.expected).toEqual({ samples: log.count, lateRecords: 0, deadLetters: 0 });
    await topics.send(RESULT, spendResults(log));
    const observation = await topics.finish(observer, RESULT, DEAD_LETTER);
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
    const observer = await topics.observe(log);
    const producer = await topics.client.createProducer(PRODUCER);
    producer.append({ topic: RESULT, partition: 0, key: null, value: 'nothing like it' });
    producer.append({ topic: RESULT, partition: 0, key: null, value: null });
    producer.append({ topic: DEAD_LETTER, partition: 0, key: null, value: 'nor this' });
    await producer.flush();
    const { tally } = await topics.finish(observer, RESULT, DEAD_LETTER);
    expect(tally).toMatchObject({ outputs: 3, covered: 0, wrong: 3, missing: { samples: 100 } });
    expect(tally.reasons.join()).toMatch(/output: .*nothing like it/);
    expect(tally.reasons.join()).toMatch(/dead-letter: .*nor this/);
  });

  test('fails before it is ready when an output is missing', async () => {
    const log = await makeLog(10);
    await expect(topics.observe(log, { topics: { output: 'nowhere' } })).rejects.toMatchObject({
      code: 'KAFKA_TOPIC_MISSING',
    });
  });

  test('fails with the client’s error when the broker goes away', async () => {
    const observer = await topics.observe(await makeLog(10), { stages: true, transactional: true });
    await topics.server.stop();
    await expect(observer.failed).rejects.toMatchObject({ code: expect.stringMatching(/^KAFKA_/) });
  });
});

test('tells live what each second of the schedule came to, the same as the samples do', async () => {
  const log = await makeLog(2_500);
  const originNs = process.hrtime.bigint();
  const observer = await topics.observe(log, { originNs });
  expect(observer.seconds()).toEqual([]);
  const startNs = originNs - 10_000_000_000n;
  observer.schedule({ kind: 'constant', ratePerSecond: 1_000 }, startNs);
  await topics.send(RESULT, spendResults(log));
  while (observer.tally()?.missing.samples !== 0 || observer.seconds().length === 0) await delay(20);
  const seconds = observer.seconds();
  const { sampleSequences, sampleArrivalsUs } = await topics.finish(observer, RESULT, DEAD_LETTER);
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
