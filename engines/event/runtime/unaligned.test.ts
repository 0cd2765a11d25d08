import { afterEach, expect, test } from 'vitest';
import type { PipelineEvent } from '../../pipeline/index.ts';
import { type DeployedJob, deployJob, INPUT_PARTITIONS } from './testing/deployed-job.ts';

const TIMEOUT_MS = 120_000;
const SHOPS = 50;
const PAYMENTS = 4000;

let job: DeployedJob | undefined;
afterEach(async () => {
  await job?.end();
  job = undefined;
});

function payments() {
  return Array.from({ length: PAYMENTS }, (_, seq) => ({
    partition: seq % INPUT_PARTITIONS,
    value: JSON.stringify({ seq, shop: `shop-${seq % SHOPS}`, amount: 1 }),
  }));
}

/** The next checkpoint that holds elements which its barriers overtook. */
async function overtakingCheckpoint(deployed: DeployedJob): Promise<PipelineEvent> {
  for (;;) {
    const event = await deployed.next('checkpoint-completed');
    if (event.kind === 'checkpoint-completed' && (event.checkpoint.overtakenElements ?? 0) > 0) return event;
  }
}

test.each(['heap', 'rocksdb'] as const)(
  '%s: while an operator is slower than its input, barriers overtake what waits, and that goes on at another parallelism',
  async (stateBackend) => {
    const settings = { stateBackend, alignedCheckpointTimeoutMs: 20 };
    job = await deployJob('slowSpend', 'exactly-once', { ...settings, parallelism: 2 });
    const overtaking = overtakingCheckpoint(job);
    await job.send(payments());
    const completed = await overtaking;
    expect(completed).toMatchObject({ checkpoint: { alignmentMs: expect.any(Number) } });
    expect((await job.values('output')).flat().length).toBeLessThan(PAYMENTS);

    await job.crashAndDeploy({ ...settings, parallelism: 3 });
    await job.next('checkpoint-completed');
    await job.crashAndDeploy({ ...settings, parallelism: 2 });
    await job.pipeline.stop({ drain: true });

    const expected: string[] = [];
    for (let seq = 0; seq < PAYMENTS; seq++) {
      expected.push(JSON.stringify({ shop: `shop-${seq % SHOPS}`, count: 1 + Math.floor(seq / SHOPS) }));
    }
    expect((await job.values('output')).flat().sort()).toEqual(expected.sort());
  },
  TIMEOUT_MS,
);
