import { afterAll, beforeAll, expect, test } from 'vitest';
import { type EmbeddedBroker, startEmbeddedBroker } from '../../kafka/index.ts';
import { deployJob } from './testing/deployed-job.ts';
import { expectSpend, payments } from './testing/spend-check.ts';

let broker: EmbeddedBroker;
beforeAll(async () => {
  broker = await startEmbeddedBroker();
});
afterAll(() => broker?.stop());

test('exactly-once on Apache Kafka: SIGKILLs leave neither a gap nor a repeat', async () => {
  const job = await deployJob(broker.connection, 'spend', 'exactly-once', { maxRecordsPerBatch: 500 });
  try {
    for (const round of [0, 1, 2]) {
      await job.send(payments(round * 4000, (round + 1) * 4000));
      await job.killAt(round * 4000 + 2000);
    }
    await job.pipeline.stop({ drain: true });
    await expectSpend(job, 'exactly-once', 12_000);
    expect(job.pipeline.progress()).toMatchObject({ incarnations: 4, deadLetters: 0 });
  } finally {
    await job.end();
  }
});
