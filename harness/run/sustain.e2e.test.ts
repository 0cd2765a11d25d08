/** The search on real Kafka, small: it ends, the oracle judges every probe, and a wrong output refuses the whole. */
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { type OpenBroker, openBroker } from '../../kafka/index.ts';
import { type Result, readResult, type SustainRun } from '../../reports/model/index.ts';
import { interleave } from './interleave.ts';
import type { CellPlan } from './plan.ts';
import { cellDefaults } from './presets.ts';
import { runSession } from './session.ts';
import { SUSTAIN_DEFAULTS, type SustainPlan } from './sustain-plan.ts';

const QUICK: SustainPlan = {
  ...SUSTAIN_DEFAULTS,
  slo: { percentile: 99, limitMs: 2_000 },
  from: 2_000,
  highest: 4_000,
  precision: 0.5,
  confirmations: 2,
  maximumProbes: 4,
  warmupMs: 1_000,
  warmupLimitMs: 1_000,
  probeMs: 1_500,
  curve: false,
};

let broker: OpenBroker;
let folder = '';
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'crosscurrent-sustain-'));
  broker = await openBroker({ choice: 'embedded' });
});
afterAll(async () => {
  await broker?.stop();
  await rm(folder, { recursive: true, force: true });
});

async function sustained(change: Partial<CellPlan>, progress: string[]): Promise<SustainRun> {
  const cell = await cellDefaults('merchant-spend', change.engine ?? 'event', 11);
  const plan: CellPlan = { ...cell, measures: ['sustain'], ...change };
  const result: Result = await runSession({
    runs: interleave([plan], 1),
    attempts: 1,
    broker,
    seed: 11,
    command: [],
    outputFolder: folder,
    warmUp: false,
    signal: new AbortController().signal,
    progress: (text) => progress.push(text),
  });
  expect(await readResult(join(folder, 'result.json'))).toEqual(result);
  const run = result.cells[0]?.runs[0];
  if (run?.kind !== 'sustain') throw new Error(progress.join('\n'));
  return run;
}

test('a search ends within its probes, and every output of every probe is verified', async () => {
  const progress: string[] = [];
  const run = await sustained({ sustain: QUICK }, progress);
  expect(run.verification, progress.join('\n')).toMatchObject({
    passed: true,
    lost: 0,
    wrong: 0,
    duplicates: 0,
  });
  // Figures of a shared test machine may be refused.
  expect(['passed', 'invalid'], progress.join('\n')).toContain(run.outcome);
  const { steps = [], sustainablePerSecond = null, bracket } = run.figures ?? {};
  expect(steps.length).toBeLessThanOrEqual(QUICK.maximumProbes);
  for (const { ratePerSecond } of steps) {
    expect(ratePerSecond).toBeGreaterThanOrEqual(QUICK.lowest);
    expect(ratePerSecond).toBeLessThanOrEqual(QUICK.highest);
  }
  if (sustainablePerSecond !== null) {
    const held = steps.filter(
      ({ ratePerSecond, verdict }) => ratePerSecond === sustainablePerSecond && verdict === 'holds',
    );
    expect(held.length).toBeGreaterThanOrEqual(QUICK.confirmations);
    expect(bracket?.holds).toBe(sustainablePerSecond);
    expect(run.log.records).toBe((sustainablePerSecond * (QUICK.warmupMs + QUICK.probeMs)) / 1_000);
  }
});

test('a wrong output ends the search, which then has no figures', async () => {
  const progress: string[] = [];
  const run = await sustained({ engine: 'micro-batch', mutant: 'wrong-total', sustain: QUICK }, progress);
  expect(run, progress.join('\n')).toMatchObject({ outcome: 'oracle-failed', figures: null });
  expect(run.verification).toMatchObject({ passed: false });
  expect(run.verification?.reasons).not.toEqual([]);
});
