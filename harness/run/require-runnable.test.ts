import { expect, test } from 'vitest';
import type { EngineName } from '../../engines/pipeline/index.ts';
import type { Clusters } from './clusters.ts';
import type { CellPlan } from './plan.ts';
import { cellDefaults } from './presets.ts';
import { requireRunnable } from './require-runnable.ts';

const FLINK: Clusters = { flinkRestUrl: 'http://127.0.0.1:1' };
const SPARK: Clusters = { sparkMaster: 'spark://127.0.0.1:1' };
const killCommand = 'true';

async function codeOf(engine: EngineName, change: Partial<CellPlan>, clusters?: Clusters): Promise<string> {
  const cell = { ...(await cellDefaults('merchant-spend', engine, 1)), ...change };
  return await requireRunnable([cell], clusters).then(
    () => 'runnable',
    ({ code }: { readonly code: string }) => code,
  );
}

test.each<[string, EngineName, Partial<CellPlan>, Clusters, string]>([
  ['every engine here', 'flink', {}, {}, 'runnable'],
  ['a worker of a cluster', 'flink', {}, FLINK, 'HARNESS_KILL_COMMAND_MISSING'],
  ['a worker of a cluster, by a command', 'flink', {}, { ...FLINK, killCommand }, 'runnable'],
  ['no recovery on a cluster', 'flink', { measures: ['latency', 'drain'] }, FLINK, 'runnable'],
  ['an engine that is not on the cluster', 'event', {}, FLINK, 'runnable'],
  ["Spark's driver, which runs here", 'spark', {}, SPARK, 'runnable'],
  ['an executor', 'spark', { faultTarget: 'slot' }, SPARK, 'HARNESS_KILL_COMMAND_MISSING'],
])('kills: %s', async (_, engine, change, clusters, code) => {
  expect(await codeOf(engine, change, clusters)).toBe(code);
});

test('what an engine lacks or does not know is refused before anything starts', async () => {
  expect(await codeOf('spark', { guarantee: 'exactly-once' })).toBe('PIPELINE_CAPABILITY_MISSING');
  expect(await codeOf('spark', { settings: { speed: 9 } })).toBe('PIPELINE_SETTING_INVALID');
});
