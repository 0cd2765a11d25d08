import { expect, test } from 'vitest';
import type { Floor } from '../../reports/model/index.ts';
import { floorsLeft } from './floors-left.ts';
import type { CellPlan } from './plan.ts';
import { cellDefaults } from './presets.ts';

const EVENT = await cellDefaults('merchant-spend', 'event', 1);
const MICRO_BATCH = await cellDefaults('merchant-spend', 'micro-batch', 1);

const told = (cells: readonly CellPlan[], measured: readonly Floor[] = []): string[] =>
  [...floorsLeft([...cells, ...cells], measured, 20_000).values()].map(
    ({ workload, ratePerSecond }) => `${workload} ${ratePerSecond}`,
  );

test('engines and repeats share the floor of their workload and rate', () => {
  const faster = { ...EVENT, ratePerSecond: 9_000 };
  const other = { ...EVENT, workload: 'login-tracker' };
  expect(told([EVENT, MICRO_BATCH, faster, other])).toEqual([
    'merchant-spend 5000',
    'merchant-spend 9000',
    'login-tracker 5000',
  ]);
});

test('a floor that the result has is not measured again', () => {
  const measured = [{ workload: 'merchant-spend', offeredRatePerSecond: 5_000 } as Floor];
  expect(told([EVENT, { ...EVENT, ratePerSecond: 9_000 }], measured)).toEqual(['merchant-spend 9000']);
});

test('a long run does not make its floor long', () => {
  const [floor] = floorsLeft([{ ...EVENT, durationMs: 3_600_000 }], [], 20_000).values();
  expect(floor?.durationMs).toBe(20_000);
});
