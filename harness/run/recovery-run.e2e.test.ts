/** Recoveries on real Kafka: of a slot, twice, and of the process of each engine. */
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { type OpenBroker, openBroker } from '../../kafka/index.ts';
import { cellDefaults } from './presets.ts';
import { recoveryRun } from './recovery-run.ts';
import { type OpenContext, openContext, verifiedSession } from './testing/index.ts';

let broker: OpenBroker;
let open: OpenContext;
let folder = '';
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'crosscurrent-recovery-'));
  broker = await openBroker({ choice: 'embedded' });
  open = await openContext(broker, 'recovery');
});
afterAll(async () => {
  await open?.close();
  await broker?.stop();
  await rm(folder, { recursive: true, force: true });
});

test('two slots that end abruptly: phases ascend and add up, nothing is lost or twice, and the process stays', async () => {
  const cell = {
    ...(await cellDefaults('merchant-spend', 'event', 11)),
    guarantee: 'exactly-once' as const,
    settings: { checkpointIntervalMs: 200 },
    ratePerSecond: 500,
    warmupMs: 500,
    kills: 2,
    faultTarget: 'slot' as const,
  };
  const run = await recoveryRun(open.context, cell, 'recovery-slot');
  expect(run.verification).toMatchObject({ passed: true, lost: 0, duplicates: 0, wrong: 0 });
  expect(run.figures?.kills).toHaveLength(2);
  for (const kill of run.figures?.kills ?? []) {
    expect(kill).toMatchObject({ target: 'slot', restartedMs: null });
    const { detectedMs, restoredMs, firstOutputMs, caughtUpMs } = kill;
    const instants = [detectedMs, restoredMs, firstOutputMs, caughtUpMs ?? Number.POSITIVE_INFINITY];
    expect(instants).not.toContain(null);
    expect(instants).toEqual([...instants].sort((one, other) => Number(one) - Number(other)));
    // Null on a machine too busy for the pipeline to become as calm as before.
    expect(kill.phaseSumErrorMs ?? 0).toBeLessThanOrEqual(50);
  }
  expect(run.figures?.bytesWritten?.total).toBeGreaterThan(0);
  expect(run.figures?.stateKeys).toBeGreaterThan(100);
  expect(run.cost?.processes.map(({ name }) => name)).toEqual(['event #1']);
});

test.each(['event', 'micro-batch'] as const)(
  '%s: exactly-once over a SIGKILL, nothing lost and nothing twice',
  async (engine) => {
    const cell = {
      ...(await cellDefaults('merchant-spend', engine, 11)),
      guarantee: 'exactly-once' as const,
      measures: ['recovery'] as const,
      ratePerSecond: 1_000,
      warmupMs: 500,
      warmupLimitMs: null,
    };
    const result = await verifiedSession(broker, [cell], join(folder, engine));
    const run = result.cells[0]?.runs[0];
    expect(run?.verification?.duplicates).toBe(0);
    expect(run?.kind === 'recovery' && run.figures?.kills).toHaveLength(1);
    expect(run?.kind === 'recovery' && run.figures?.kills[0]?.firstOutputMs).toBeGreaterThan(0);
  },
);
