/** The whole path on real Kafka, small: both engines, every output verified. */
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { type OpenBroker, openBroker } from '../../kafka/index.ts';
import type { CellPlan } from './plan.ts';
import { cellDefaults } from './presets.ts';
import { verifiedSession } from './testing/index.ts';

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
    const result = await verifiedSession(broker, await Promise.all(plans), join(folder, workload));
    const [event, microBatch] = result.cells;
    event?.runs.forEach((run, index) => {
      const other = microBatch?.runs[index];
      expect(run.log.sha256).toBe(other?.log.sha256);
      expect(run.verification?.expectedSamples).toBe(other?.verification?.coveredSamples);
      expect(run.verification?.deadLetters.seen).toBeGreaterThan(0);
    });
  },
);
