import { expect, test } from 'vitest';
import { pipelineNamed } from './engines.ts';
import type { CellPlan } from './plan.ts';
import { cellDefaults } from './presets.ts';
import { settingsOf } from './settings-sheet.ts';

async function sourcesOf(change: Partial<CellPlan>): Promise<Record<string, string>> {
  const plan = { ...(await cellDefaults('merchant-spend', 'event', 1)), ...change };
  return Object.fromEntries(
    settingsOf(plan, pipelineNamed('event')).map(({ name, source }) => [name, source]),
  );
}

test('what the user gave is a flag, what the profile set is of the profile, the rest are defaults', async () => {
  const sources = await sourcesOf({
    profile: 'tuned',
    settings: { parallelism: 1, checkpointIntervalMs: 500 },
    given: new Set(['checkpointIntervalMs', 'keys']),
  });
  expect(sources).toMatchObject({
    parallelism: 'profile',
    checkpointIntervalMs: 'flag',
    stateBackend: 'default',
    heapMb: 'default',
    inputPartitions: 'default',
    keys: 'flag',
  });
});

test("where nothing is known of the user's options, the engine's own word stands", async () => {
  expect(await sourcesOf({ settings: { parallelism: 1 } })).toMatchObject({
    parallelism: 'flag',
    checkpointIntervalMs: 'default',
    keys: 'default',
  });
});

test('the sheet holds the values in force', async () => {
  const plan = { ...(await cellDefaults('merchant-spend', 'event', 1)), heapMb: 777 };
  const rows = settingsOf(plan, pipelineNamed('event'));
  expect(rows.find(({ name }) => name === 'heapMb')?.value).toBe('777');
  expect(rows.find(({ name }) => name === 'keys')?.value).toBe(String(plan.log.keys));
});
