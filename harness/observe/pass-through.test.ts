import { setTimeout as delay } from 'node:timers/promises';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { allOf, append, INPUT, makeLog, ObservedTopics, PERFECT, PRODUCER, sorted } from './testing/index.ts';

let topics: ObservedTopics;
beforeEach(async () => {
  topics = await ObservedTopics.open();
});
afterEach(async () => {
  await topics.close();
});

describe('as a pass-through', () => {
  const PASS_THROUGH = { topics: { input: INPUT }, judge: { kind: 'pass-through' } } as const;

  test('each record of the log covers itself', async () => {
    const log = await makeLog(3_000);
    const observer = await topics.observe(log, { ...PASS_THROUGH, stages: true });
    observer.schedule({ kind: 'constant', ratePerSecond: 1_000 }, process.hrtime.bigint() - 10_000_000_000n);
    await topics.send(INPUT, log);
    while (observer.tally()?.missing.samples !== 0 || observer.seconds().length === 0) await delay(20);
    expect(observer.seconds().map(({ expected, samples }) => [expected, samples])).toEqual(
      Array(3).fill([1_000, 1_000]),
    );
    const observation = await topics.finish(observer, INPUT);
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
    const observer = await topics.observe(log, PASS_THROUGH);
    await topics.send(INPUT, { ...log, values });
    const producer = await topics.client.createProducer(PRODUCER);
    producer.append({ topic: INPUT, partition: 0, key: null, value: 'one too many' });
    await producer.flush();
    const { tally, sampleSequences } = await topics.finish(observer, INPUT);
    expect(tally).toMatchObject({ outputs: 401, covered: 398, wrong: 3, missing: { samples: 2 } });
    expect(sampleSequences).not.toContain(250);
    expect(sampleSequences).not.toContain(260);
    expect(tally.reasons.join()).toMatch(
      /not record 2[56]0 of the log: .*partition 0: more than the log holds: one too many/,
    );
  });

  test('records in another order are wrong', async () => {
    const log = await makeLog(40);
    const observer = await topics.observe(log, PASS_THROUGH);
    const producer = await topics.client.createProducer(PRODUCER);
    for (const sequence of allOf(log).reverse()) append(producer, INPUT, log, sequence, sequence + 1);
    await producer.flush();
    const { tally } = await topics.finish(observer, INPUT);
    expect(tally.wrong).toBeGreaterThan(30);
  });
});
