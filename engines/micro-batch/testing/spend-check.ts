import { expect } from 'vitest';
import type { Guarantee } from '../../pipeline/index.ts';
import { type DeployedJob, INPUT_PARTITIONS } from './deployed-job.ts';

const SHOPS = 7;

/** Payments of seven shops, a shop always in one partition: what the `spend` dataflow is fed. */
export function payments(from: number, to: number) {
  return Array.from({ length: to - from }, (_, index) => {
    const seq = from + index;
    return {
      partition: (seq % SHOPS) % INPUT_PARTITIONS,
      value: JSON.stringify({ seq, shop: `shop-${seq % SHOPS}`, amount: seq }),
    };
  });
}

/** Count to total of a shop after each of its payments. */
function runningTotals(shop: number, count: number): readonly number[] {
  const totals: number[] = [];
  for (let seq = shop; seq < count; seq += SHOPS) totals.push((totals.at(-1) ?? 0) + seq);
  return totals;
}

/**
 * Every result is a true running total, the last one is final, and under exactly-once counts only rise. A batch
 * merges the changes of a shop, so not every count is there.
 */
export async function expectSpend(job: DeployedJob, guarantee: Guarantee, sent: number): Promise<void> {
  const records = await job.records('output');
  for (let shop = 0; shop < SHOPS; shop++) {
    const ofShop = records.filter(({ key }) => key === `shop-${shop}`);
    expect(new Set(ofShop.map(({ partition }) => partition)).size).toBe(1);
    const totals = runningTotals(shop, sent);
    const counts = ofShop.map(({ value }) => {
      const result = JSON.parse(value) as { count: number };
      const total = totals[result.count - 1];
      expect(value).toBe(JSON.stringify({ shop: `shop-${shop}`, count: result.count, total }));
      return result.count;
    });
    expect(counts.at(-1)).toBe(totals.length);
    if (guarantee === 'exactly-once') expect(counts).toEqual([...new Set(counts)].sort((a, b) => a - b));
  }
}
