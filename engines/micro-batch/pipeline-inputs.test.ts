import { afterEach, beforeEach, expect, test } from 'vitest';
import { type EmbeddedLog, startEmbeddedLog } from '../../kafka/index.ts';
import { type DeployedJob, deployJob, INPUT_PARTITIONS } from './testing/deployed-job.ts';

/** Engine processes start slowly where the machine has other work. */
const TIMEOUT_MS = 120_000;

let log: EmbeddedLog;
let job: DeployedJob;
beforeEach(async () => {
  log = await startEmbeddedLog();
});
afterEach(async () => {
  await job.end();
  await log.stop();
});

const values = async (output: 'output' | 'dead-letter' | 'second-dead-letter') =>
  (await job.records(output)).map(({ value }) => value).sort();

const FIRST_MS = 1000;
const timeOf = (order: number) => FIRST_MS + 10 * order;
const isPaid = (order: number) => order % 5 !== 0;

/** So many orders, and the payments of four in five, 50 ms later. */
const orders = (from: number, to: number) =>
  Array.from({ length: to - from }, (_, index) => from + index).flatMap((order) => {
    const record = (input: 'input' | 'second-input', timeMs: number) => ({
      input,
      partition: order % INPUT_PARTITIONS,
      value: JSON.stringify({ order, timeMs }),
    });
    return isPaid(order)
      ? [record('input', timeOf(order)), record('second-input', timeOf(order) + 50)]
      : [record('input', timeOf(order))];
  });

test(
  'a left outer join of two topics: over SIGKILLs each pair once, and each order without a pair once',
  async () => {
    const COUNT = 600;
    job = await deployJob(log.connection, 'paidOrders', 'exactly-once', { maxRecordsPerBatch: 40 });
    await job.send([...orders(0, 200), { input: 'second-input', partition: 2, value: 'no payment' }]);
    await job.killAt(150);
    await job.send([...orders(200, 400), { partition: 0, value: 'no order' }]);
    await job.killAt(500);
    await job.send(orders(400, COUNT));
    await job.pipeline.stop({ drain: true });

    const watermarkMs = timeOf(COUNT - 1) - 500;
    const expected = Array.from({ length: COUNT }, (_, order) => order)
      .filter((order) => isPaid(order) || timeOf(order) < watermarkMs - 100)
      .map((order) => JSON.stringify({ order, paidMs: isPaid(order) ? timeOf(order) + 50 : -1 }));
    expect(await values('output')).toEqual(expected.sort());
    expect(await values('dead-letter')).toEqual(['no order']);
    expect(await values('second-dead-letter')).toEqual(['no payment']);
    const progress = job.pipeline.progress();
    expect(progress).toMatchObject({ watermarkMs, lateRecords: 0, deadLetters: 2, incarnations: 3 });
    // The transaction of each batch holds the offsets of both topics.
    expect(progress.committedPositions).toEqual([151, 150, 150, 150, 120, 120, 121, 120]);
    expect(await job.groupOffsets('input')).toEqual([151, 150, 150, 150]);
    expect(await job.groupOffsets('second-input')).toEqual([120, 120, 121, 120]);
  },
  TIMEOUT_MS,
);

test(
  'a union of two topics: their rows meet by key, and a function sees each batch, also over a SIGKILL',
  async () => {
    const SHOPS = 7;
    const payments = (from: number, to: number) =>
      Array.from({ length: to - from }, (_, index) => {
        const seq = from + index;
        return {
          input: seq % 2 === 0 ? ('input' as const) : ('second-input' as const),
          partition: seq % INPUT_PARTITIONS,
          // The second input names the shops first the other way round.
          value: JSON.stringify({
            seq,
            shop: `shop-${seq % 2 === 0 ? seq % SHOPS : ((SHOPS - 1) * seq) % SHOPS}`,
            amount: 1,
          }),
        };
      });
    job = await deployJob(log.connection, 'spendOfTwo', 'exactly-once', { maxRecordsPerBatch: 30 });
    await job.send(payments(0, 350));
    await job.killAt(150);
    await job.send(payments(350, 700));
    await job.pipeline.stop({ drain: true });

    const counts = new Map<string, number>();
    for (const { value } of payments(0, 700)) {
      const { shop } = JSON.parse(value) as { shop: string };
      counts.set(shop, (counts.get(shop) ?? 0) + 1);
    }
    const records = await job.records('output');
    for (const [shop, count] of counts) {
      const ofShop = records.filter(({ key }) => key === shop);
      const found = ofShop.map(({ value }) => JSON.parse(value) as { count: number });
      expect(found.at(-1)).toEqual({ shop, count, total: count, twice: 2 * count });
      const rising = found.map((each) => each.count);
      expect(rising).toEqual([...new Set(rising)].sort((a, b) => a - b));
    }
  },
  TIMEOUT_MS,
);
