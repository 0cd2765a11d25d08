import { afterEach, expect, test } from 'vitest';
import { type DeployedJob, deployJob, INPUT_PARTITIONS } from './testing/deployed-job.ts';

/** Engine processes start slowly where the machine has other work. */
const TIMEOUT_MS = 120_000;
const SHOPS = 7;

let job: DeployedJob | undefined;
afterEach(async () => {
  await job?.end();
  job = undefined;
});

/** Each shop's payments are in one partition, so their order is defined. */
function payments(from: number, to: number) {
  return Array.from({ length: to - from }, (_, index) => {
    const seq = from + index;
    return {
      partition: (seq % SHOPS) % INPUT_PARTITIONS,
      value: JSON.stringify({ seq, shop: `shop-${seq % SHOPS}`, amount: seq }),
    };
  });
}

interface Spend {
  readonly shop: string;
  readonly count: number;
  readonly total: number;
}

function byShop(values: readonly string[][]): Map<string, Spend[]> {
  const results = new Map<string, Spend[]>();
  for (const partition of values) {
    for (const value of partition) {
      const spend = JSON.parse(value) as Spend;
      results.set(spend.shop, [...(results.get(spend.shop) ?? []), spend]);
    }
  }
  return results;
}

/** The results of a run without failure, in order. */
function expectedSpend(shop: number, payments: number): Spend[] {
  const results: Spend[] = [];
  let total = 0;
  for (let seq = shop; seq < payments; seq += SHOPS) {
    total += seq;
    results.push({ shop: `shop-${shop}`, count: results.length + 1, total });
  }
  return results;
}

function withoutRepeats(results: readonly Spend[]): Spend[] {
  const byCount = new Map(results.map((result) => [result.count, result]));
  return [...byCount.values()].sort((a, b) => a.count - b.count);
}

async function killAndGoOn(deployed: DeployedJob, afterRecords: number): Promise<void> {
  await deployed.consumed(afterRecords);
  const running = deployed.next('running');
  deployed.pipeline.kill('process');
  await running;
}

test.each([
  ['heap', 'exactly-once'],
  ['heap', 'at-least-once'],
  ['rocksdb', 'exactly-once'],
] as const)(
  '%s, %s: after SIGKILLs the results are those of a run without failure',
  async (stateBackend, guarantee) => {
    job = await deployJob('spend', guarantee, { stateBackend, stateCacheEntries: 2 });
    await job.send([...payments(0, 400), { partition: 1, value: '{"seq":1,' }]);
    await job.next('checkpoint-completed');
    await job.send(payments(400, 800));
    await killAndGoOn(job, 600);
    await job.send([...payments(800, 1000), { partition: 3, value: 'no record' }]);
    await killAndGoOn(job, 900);
    await job.send(payments(1000, 1200));
    await job.pipeline.stop({ drain: true });

    const results = byShop(await job.values('output'));
    for (let shop = 0; shop < SHOPS; shop++) {
      const seen = results.get(`shop-${shop}`) ?? [];
      const expected = expectedSpend(shop, 1200);
      expect(seen.at(-1)).toEqual(expected.at(-1));
      expect(guarantee === 'exactly-once' ? seen : withoutRepeats(seen)).toEqual(expected);
    }
    const dead = (await job.values('dead-letter')).flat();
    if (guarantee === 'exactly-once') expect(dead.sort()).toEqual(['no record', '{"seq":1,']);
    else expect(new Set(dead)).toEqual(new Set(['no record', '{"seq":1,']));
    const progress = job.pipeline.progress();
    expect(progress).toMatchObject({ deadLetters: 2, lateRecords: 0, watermarkMs: null, incarnations: 3 });
    expect(progress.committedPositions).toEqual([343, 344, 343, 172]);
    expect(progress.positions).toEqual([343, 344, 343, 172]);
  },
  TIMEOUT_MS,
);

async function failSlotAndGoOn(deployed: DeployedJob, afterRecords: number): Promise<void> {
  await deployed.consumed(afterRecords);
  const failed = deployed.next('slot-failed');
  const running = deployed.next('running');
  const { progress } = deployed.pipeline.kill('slot');
  expect(await failed).toMatchObject({ incarnation: progress.incarnations });
  expect(await running).toMatchObject({ incarnation: progress.incarnations + 1 });
}

test.each([
  ['heap', 'exactly-once'],
  ['heap', 'at-least-once'],
  ['rocksdb', 'exactly-once'],
] as const)(
  '%s, %s: a slot that ends alone is replaced within the process, and the results are those of a run without failure',
  async (stateBackend, guarantee) => {
    job = await deployJob('spend', guarantee, { stateBackend, stateCacheEntries: 2 });
    const processes = job.pipeline.processIds();
    await job.send(payments(0, 400));
    await job.next('checkpoint-completed');
    await job.send(payments(400, 800));
    await failSlotAndGoOn(job, 600);
    await job.send(payments(800, 1000));
    await failSlotAndGoOn(job, 900);
    await job.send(payments(1000, 1200));
    await job.consumed(1100);
    expect(job.pipeline.processIds()).toEqual(processes);
    job.pipeline.kill('slot');
    await job.pipeline.stop({ drain: true });

    const results = byShop(await job.values('output'));
    for (let shop = 0; shop < SHOPS; shop++) {
      const seen = results.get(`shop-${shop}`) ?? [];
      expect(guarantee === 'exactly-once' ? seen : withoutRepeats(seen)).toEqual(expectedSpend(shop, 1200));
    }
    expect(job.pipeline.progress()).toMatchObject({ positions: [343, 343, 343, 171], incarnations: 4 });
  },
  TIMEOUT_MS,
);

const REGIONS = 5;

/** 10 ms of event time a record; each 100th is 30 s old and late for every legal watermark, each 50th is empty and filtered. */
function sale(seq: number) {
  const late = seq >= 4000 && seq % 100 === 99;
  return {
    late,
    empty: seq % 50 === 0,
    partition: seq % INPUT_PARTITIONS,
    region: `region-${seq % REGIONS}`,
    timeMs: 10 * seq - (late ? 30_000 : 0),
  };
}

function sales(from: number, to: number) {
  return Array.from({ length: to - from }, (_, index) => {
    const { partition, region, timeMs, empty } = sale(from + index);
    return { partition, value: JSON.stringify({ region, amount: empty ? 0 : 1, timeMs }) };
  });
}

test(
  'windows: each once and complete, late records unchanged at their output, over SIGKILLs',
  async () => {
    const COUNT = 6000;
    job = await deployJob('sales', 'exactly-once');
    await job.send(sales(0, 3000));
    await job.next('checkpoint-completed');
    await job.send(sales(3000, 4500));
    await killAndGoOn(job, 3500);
    await job.send(sales(4500, COUNT));
    await job.consumed(5200);
    await job.next('checkpoint-completed');
    await killAndGoOn(job, 5200);
    await job.pipeline.stop({ drain: true });

    const windows = new Map<string, { count: number; total: number }>();
    const late: string[] = [];
    for (let seq = 0; seq < COUNT; seq++) {
      const { region, timeMs, empty, ...record } = sale(seq);
      if (empty) continue;
      if (record.late) {
        late.push(JSON.stringify({ region, amount: 1, timeMs }));
        continue;
      }
      const windowStartMs = timeMs - (timeMs % 1000);
      const key = JSON.stringify({ region, windowStartMs, windowEndMs: windowStartMs + 1000 });
      const window = windows.get(key) ?? { count: 0, total: 0 };
      windows.set(key, { count: window.count + 1, total: window.total + 2 });
    }
    const expected = [...windows].map(([key, window]) => JSON.stringify({ ...JSON.parse(key), ...window }));
    expect((await job.values('output')).flat().sort()).toEqual(expected.sort());
    expect((await job.values('late')).flat().sort()).toEqual(late.sort());
    expect(job.pipeline.progress()).toMatchObject({ lateRecords: late.length, deadLetters: 0 });
  },
  TIMEOUT_MS,
);

test(
  'without a key, rows keep the order of their partition; a stop without drain leaves the rest',
  async () => {
    job = await deployJob('doubled', 'exactly-once', { parallelism: 1 });
    await job.send(payments(0, 100));
    await job.consumed(100);
    await job.pipeline.stop({ drain: false });
    const outputs = await job.values('output');
    const seqs = outputs.map((values) => values.map((value) => (JSON.parse(value) as { seq: number }).seq));
    for (let partition = 0; partition < INPUT_PARTITIONS; partition++) {
      const isOfPartition = (seq: number) => (seq % SHOPS) % INPUT_PARTITIONS === partition;
      const sent = Array.from({ length: 100 }, (_, seq) => seq).filter(isOfPartition);
      expect((seqs[partition % seqs.length] ?? []).filter(isOfPartition)).toEqual(sent);
    }
    expect(outputs.flat()).toHaveLength(100);
    const { committedPositions, introspection } = job.pipeline.progress();
    expect(committedPositions).toEqual([29, 29, 28, 14]);
    expect(introspection).toMatchObject({ watermark: null, checkpoints: { failed: 0 } });
    expect(introspection?.tasks).toHaveLength(1);
    const counts = introspection?.tasks[0]?.operators.map(({ name, recordsIn, recordsOut }) => [
      name,
      recordsIn,
      recordsOut,
    ]);
    expect(counts).toEqual([
      ['source', 100, 100],
      ['map', 100, 100],
      ['sink', 100, 100],
    ]);
  },
  TIMEOUT_MS,
);
