import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { type OpenBroker, openBroker } from '../../kafka/index.ts';
import { type CellPlan, cellDefaults } from '../run/index.ts';
import { renderSoak } from './render-text.ts';
import { soak, soakExitReason } from './session.ts';
import { SOAK_FILE_NAME, type SoakCell, type SoakResult, soakResultSchema } from './soak-result.ts';

let broker: OpenBroker;
let folder = '';
beforeAll(async () => {
  broker = await openBroker({ choice: 'embedded' });
  folder = await mkdtemp(join(tmpdir(), 'crosscurrent-soak-'));
});
afterAll(async () => {
  await broker?.stop();
  await rm(folder, { recursive: true, force: true });
});

const SEED = 3;

async function cellOf(change: Partial<CellPlan>): Promise<CellPlan> {
  const cell = await cellDefaults('merchant-spend', 'event', SEED);
  return {
    ...cell,
    guarantee: 'exactly-once',
    settings: { checkpointIntervalMs: 200 },
    ratePerSecond: 1_000,
    drainEvents: 4_000,
    kills: 2,
    log: { ...cell.log, keys: 50, brokenShare: 0.01 },
    ...change,
  };
}

async function soaked(cells: readonly CellPlan[], parallelisms: readonly number[]): Promise<SoakResult> {
  const result = await soak({
    cells,
    parallelisms,
    seed: SEED,
    broker,
    command: [],
    outputFolder: folder,
    signal: new AbortController().signal,
    progress: () => undefined,
  });
  const written: unknown = JSON.parse(await readFile(join(folder, SOAK_FILE_NAME), 'utf8'));
  expect(soakResultSchema.parse(written)).toEqual(result);
  return result;
}

test('what is committed under kills and at another parallelism is what is committed without, and a defect of restarts is found', async () => {
  const right = await cellOf({});
  const result = await soaked([right, { ...right, mutant: 'double-replay' }], [1, 2]);
  const text = renderSoak(result, { colour: false });
  const [kept, broken] = result.cells as [SoakCell, SoakCell];
  expect(kept, text).toMatchObject({ outcome: 'kept', error: null, parallelisms: [1, 2] });
  expect(kept.deviations).toMatchObject({ lost: 0, duplicated: 0, different: 0, disordered: 0 });
  expect(kept.deviations?.compared).toBe(4_000);
  expect(kept.kills).toHaveLength(2);
  expect(broken.outcome, text).toBe('broken');
  expect(broken.deviations?.different).toBeGreaterThan(0);
  expect(broken.oracle?.passed).toBe(false);
  expect(text).toContain(`again: the same command with --seed ${SEED} --workload merchant-spend`);
  expect(soakExitReason(result)).toBe('oracle');
});
