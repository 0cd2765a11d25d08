import { expect, test } from 'vitest';
import type { EngineName } from '../../engines/pipeline/index.ts';
import { startEmbeddedLog } from '../../kafka/index.ts';
import type { Clusters } from './clusters.ts';
import type { CellPlan } from './plan.ts';
import { cellDefaults } from './presets.ts';
import { requireRunnable, requireUsableKafka } from './require-runnable.ts';

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

test('a query that ends of itself is for a drain alone', async () => {
  for (const trigger of ['available-now', 'once']) {
    const settings = { trigger };
    expect(await codeOf('micro-batch', { settings })).toBe('HARNESS_ENGINE_ENDS');
    expect(await codeOf('micro-batch', { settings, measures: ['drain'] })).toBe('runnable');
  }
  expect(await codeOf('micro-batch', { settings: { trigger: 'low-latency' } })).toBe('runnable');
});

test('what an engine lacks or does not know is refused before anything starts', async () => {
  expect(await codeOf('spark', { guarantee: 'exactly-once' })).toBe('PIPELINE_CAPABILITY_MISSING');
  expect(await codeOf('spark', { settings: { speed: 9 } })).toBe('PIPELINE_SETTING_INVALID');
});

test("the heap and the guarantee are held against the engine's own bounds", async () => {
  expect(await codeOf('flink', { heapMb: 128 })).toBe('FLINK_HEAP_TOO_SMALL');
  expect(await codeOf('flink', { heapMb: 128 }, { ...FLINK, killCommand })).toBe('runnable');
  const settings = { checkpointIntervalMs: 60_000 };
  expect(await codeOf('flink', { settings })).toBe('runnable');
  expect(await codeOf('flink', { settings, guarantee: 'exactly-once' })).toBe('FLINK_SETTINGS_CONTRADICT');
});

test('a Kafka that an engine cannot use is refused, whichever engines run beside it', async () => {
  const log = await startEmbeddedLog();
  try {
    requireUsableKafka(new Set(['event', 'micro-batch']), log.connection);
    expect(() => requireUsableKafka(new Set(['event', 'flink']), log.connection)).toThrow(
      expect.objectContaining({ code: 'FLINK_KAFKA_NEEDED' }),
    );
  } finally {
    await log.stop();
  }
});
