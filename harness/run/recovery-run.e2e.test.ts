/** Recoveries on real Kafka: of a slot, twice; those of processes are in smoke.e2e.test.ts. */
import { afterAll, beforeAll, expect, test } from 'vitest';
import { type OpenBroker, openBroker } from '../../kafka/index.ts';
import { cellDefaults } from './presets.ts';
import { recoveryRun } from './recovery-run.ts';
import { type OpenContext, openContext } from './testing/index.ts';

let broker: OpenBroker;
let open: OpenContext;
beforeAll(async () => {
  broker = await openBroker({ choice: 'embedded' });
  open = await openContext(broker, 'recovery');
});
afterAll(async () => {
  await open?.close();
  await broker?.stop();
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
