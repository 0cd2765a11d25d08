import { afterEach, expect, test } from 'vitest';
import { type DeployedJob, deployJob, INPUT_PARTITIONS } from './testing/deployed-job.ts';

const TIMEOUT_MS = 120_000;
const REGIONS = 5;
const STEP = 500;

let job: DeployedJob | undefined;
afterEach(async () => {
  await job?.end();
  job = undefined;
});

/** 10 ms of event time a record, so STEP records are five windows, the last of them open. */
function sales(from: number, to: number) {
  return Array.from({ length: to - from }, (_, index) => {
    const seq = from + index;
    const sale = { region: `region-${seq % REGIONS}`, amount: 1 + (seq % 3), timeMs: 10 * seq + 5 };
    return { partition: seq % INPUT_PARTITIONS, value: JSON.stringify(sale) };
  });
}

function expectedWindows(records: number): string[] {
  const windows = new Map<string, { count: number; total: number }>();
  for (const { value } of sales(0, records)) {
    const { region, amount, timeMs } = JSON.parse(value) as {
      region: string;
      amount: number;
      timeMs: number;
    };
    const windowStartMs = timeMs - (timeMs % 1000);
    const key = JSON.stringify({ region, windowStartMs, windowEndMs: windowStartMs + 1000 });
    const { count, total } = windows.get(key) ?? { count: 0, total: 0 };
    windows.set(key, { count: count + 1, total: total + 2 * amount });
  }
  return [...windows].map(([key, window]) => JSON.stringify({ ...JSON.parse(key), ...window })).sort();
}

test.each([
  ['heap', 'exactly-once'],
  ['rocksdb', 'at-least-once'],
] as const)(
  '%s, %s: windows and timers move with savepoints from 1 slot to 2, 3 and 1, and the results are those of one run',
  async (stateBackend, guarantee) => {
    const settings = { stateBackend, stateCacheEntries: 2 };
    job = await deployJob('sales', guarantee, { ...settings, parallelism: 1 });
    let sent = 0;
    for (const parallelism of [2, 3, 1]) {
      await job.send(sales(sent, sent + STEP));
      sent += STEP;
      await job.consumed(sent - STEP / 2);
      await job.goOnFromSavepoint({ ...settings, parallelism });
    }
    await job.send(sales(sent, sent + STEP));
    await job.pipeline.stop({ drain: true });

    expect((await job.values('output')).flat().sort()).toEqual(expectedWindows(sent + STEP));
    expect(job.pipeline.progress()).toMatchObject({ lateRecords: 0, deadLetters: 0, incarnations: 1 });
  },
  TIMEOUT_MS,
);

const SHOPS = 7;

function payments(from: number, to: number) {
  return Array.from({ length: to - from }, (_, index) => {
    const seq = from + index;
    return {
      partition: (seq % SHOPS) % INPUT_PARTITIONS,
      value: JSON.stringify({ seq, shop: `shop-${seq % SHOPS}`, amount: seq }),
    };
  });
}

test.each([
  ['heap', 'at-least-once'],
  ['rocksdb', 'exactly-once'],
] as const)(
  '%s, %s: keyed state goes over incremental checkpoints, a kill and savepoints from 1 slot to 2, 3 and 1',
  async (stateBackend, guarantee) => {
    const settings = { stateBackend, stateCacheEntries: 2, incrementalCheckpoints: true };
    job = await deployJob('spend', guarantee, { ...settings, parallelism: 1 });
    let sent = 0;
    for (const parallelism of [2, 3, 1]) {
      await job.send(payments(sent, sent + STEP));
      sent += STEP;
      await job.next('checkpoint-completed');
      await job.next('checkpoint-completed');
      if (parallelism === 3) {
        const running = job.next('running');
        job.pipeline.kill('process');
        await running;
      }
      await job.goOnFromSavepoint({ ...settings, parallelism });
    }
    await job.send(payments(sent, sent + STEP));
    await job.pipeline.stop({ drain: true });

    const totals = new Map<string, number>();
    const expected = new Set<string>();
    for (const { value } of payments(0, sent + STEP)) {
      const { shop, amount } = JSON.parse(value) as { shop: string; amount: number };
      const count = Math.floor(amount / SHOPS) + 1;
      totals.set(shop, (totals.get(shop) ?? 0) + amount);
      expected.add(JSON.stringify({ shop, count, total: totals.get(shop) }));
    }
    const results = (await job.values('output')).flat();
    expect(new Set(results)).toEqual(expected);
    if (guarantee === 'exactly-once') expect(results).toHaveLength(expected.size);
  },
  TIMEOUT_MS,
);

test(
  'a savepoint is refused with another maxParallelism, by name',
  async () => {
    job = await deployJob('spend', 'at-least-once', { parallelism: 1 });
    await job.send(payments(0, 10));
    await job.consumed(10);
    await expect(job.goOnFromSavepoint({ parallelism: 1, maxParallelism: 64 })).rejects.toMatchObject({
      code: 'EVENT_CHECKPOINT_MISMATCH',
    });
  },
  TIMEOUT_MS,
);
