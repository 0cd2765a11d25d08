/** The whole path on real Kafka, small: both engines, every workload, one SIGKILL each, every output verified. */
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { type OpenBroker, openBroker } from '../../kafka/index.ts';
import { type Result, readResult } from '../../reports/model/index.ts';
import { interleave } from './interleave.ts';
import type { CellPlan } from './plan.ts';
import { cellDefaults } from './presets.ts';
import { runSession } from './session.ts';

const ENGINES = ['event', 'micro-batch'] as const;

let broker: OpenBroker;
let folder = '';
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'crosscurrent-smoke-'));
  broker = await openBroker({ choice: 'embedded' });
});
afterAll(async () => {
  await broker?.stop();
  await rm(folder, { recursive: true, force: true });
});

/** The oracle must pass; figures of a shared test machine may be refused as invalid without failing the test. */
async function verified(cells: readonly CellPlan[], name: string): Promise<Result> {
  const outputFolder = join(folder, name);
  const progress: string[] = [];
  const result = await runSession({
    runs: interleave(cells, 1),
    broker,
    seed: 11,
    command: [],
    outputFolder,
    warmUp: false,
    attempts: 1,
    signal: new AbortController().signal,
    progress: (text) => progress.push(text),
  });
  expect(await readResult(join(outputFolder, 'result.json'))).toEqual(result);
  for (const run of result.cells.flatMap((cell) => cell.runs)) {
    expect(run.verification, progress.join('\n')).toMatchObject({ passed: true, lost: 0, wrong: 0 });
  }
  return result;
}

test.each(ENGINES)('%s: exactly-once over a SIGKILL, nothing lost and nothing twice', async (engine) => {
  const cell = await cellDefaults('merchant-spend', engine, 11);
  const plan: CellPlan = {
    ...cell,
    guarantee: 'exactly-once',
    measures: ['recovery'],
    ratePerSecond: 1_000,
    warmupMs: 500,
    warmupLimitMs: null,
  };
  const result = await verified([plan], `recovery-${engine}`);
  const run = result.cells[0]?.runs[0];
  expect(run?.verification?.duplicates).toBe(0);
  expect(run?.kind === 'recovery' && run.figures?.kills).toHaveLength(1);
  expect(run?.kind === 'recovery' && run.figures?.kills[0]?.firstOutputMs).toBeGreaterThan(0);
});

test.each(['login-tracker', 'regional-revenue'])(
  '%s: both engines give what the log calls for, late and broken records included',
  async (workload) => {
    const plans = ENGINES.map(async (engine): Promise<CellPlan> => {
      const cell = await cellDefaults(workload, engine, 11);
      return {
        ...cell,
        measures: ['latency', 'drain'],
        ratePerSecond: 2_000,
        warmupMs: 500,
        warmupLimitMs: null,
        durationMs: 2_000,
        drainEvents: 30_000,
        log: { ...cell.log, brokenShare: 0.002 },
      };
    });
    const result = await verified(await Promise.all(plans), workload);
    const [event, microBatch] = result.cells;
    event?.runs.forEach((run, index) => {
      const other = microBatch?.runs[index];
      expect(run.log.sha256).toBe(other?.log.sha256);
      expect(run.verification?.expectedSamples).toBe(other?.verification?.coveredSamples);
      expect(run.verification?.deadLetters.seen).toBeGreaterThan(0);
    });
  },
);
