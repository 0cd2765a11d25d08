import { expect, test } from 'vitest';
import { OWN_VALUE } from '../../reports/model/index.ts';
import type { Clusters } from './clusters.ts';
import { pipelineNamed, pipelinesOn } from './engines.ts';
import { interleave } from './interleave.ts';
import type { CellPlan } from './plan.ts';
import { presetCells } from './presets.ts';
import { plannedSessionMs } from './session.ts';
import { settingsOf } from './settings-sheet.ts';

const CELLS = await presetCells('bench-real', 42);
const [TUNED, ...NONE] = CELLS.filter(({ profile }) => profile !== 'default');

const sheetOf = (cell: CellPlan) => settingsOf(cell, pipelineNamed(cell.engine));

test('bench-real runs each engine directly before the system that it models, on all three workloads', () => {
  expect(CELLS.slice(0, -1).map(({ workload, engine }) => `${workload} ${engine}`)).toEqual(
    ['merchant-spend', 'login-tracker', 'regional-revenue'].flatMap((workload) =>
      ['event', 'flink', 'micro-batch', 'spark'].map((engine) => `${workload} ${engine}`),
    ),
  );
  expect(CELLS.at(-1)).toBe(TUNED);
  expect([TUNED?.engine, TUNED?.profile, TUNED?.measures, NONE]).toEqual([
    'flink',
    'tuned-latency',
    ['latency'],
    [],
  ]);
  expect(Object.keys(TUNED?.variables ?? {})).toEqual(Object.keys(TUNED?.settings ?? {}));
  expect(TUNED?.variables).toHaveProperty('bufferTimeoutMs', OWN_VALUE);
});

test('the two of a pair differ in no setting that both have, but for those it names', () => {
  for (let i = 0; i + 1 < CELLS.length; i += 2) {
    const [one, other] = [CELLS[i] as CellPlan, CELLS[i + 1] as CellPlan];
    const values = new Map(sheetOf(other).map(({ name, value }) => [name, value]));
    const differing = sheetOf(one).filter(
      ({ name, value }) => values.has(name) && values.get(name) !== value,
    );
    const named = Object.keys(one.variables);
    expect(differing.map(({ name }) => name)).toEqual(named);
    expect(Object.values(one.variables).every((value) => value === OWN_VALUE)).toBe(true);
    const { engine: _, settings: __, warmupMs, ...shared } = one;
    expect(other).toMatchObject(shared);
    expect(other.warmupMs).toBeGreaterThan(warmupMs);
  }
});

test('by its plan bench-real takes less than 30 minutes', () => {
  const planned = plannedSessionMs({ runs: interleave(CELLS, 1), floors: true });
  expect(planned).toBeLessThan(29 * 60_000);
});

test('a real system that runs here has its version in its sheet, one that is there already is not known', () => {
  const versionOf = (clusters: Clusters) =>
    pipelineNamed('flink', pipelinesOn(clusters))
      .settingsSheet({})
      .find(({ name }) => name === 'flinkVersion')?.value;
  expect(versionOf({})).toMatch(/^\d+\.\d+\.\d+$/);
  expect(versionOf({ flinkRestUrl: 'http://127.0.0.1:1' })).toBeUndefined();
});
