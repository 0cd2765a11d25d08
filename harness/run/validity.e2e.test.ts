/** Every refusal that has to do with machine, broker and generator, provoked on real Kafka. The output is right in all of them. */
import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { availableParallelism } from 'node:os';
import { setTimeout as delay } from 'node:timers/promises';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { type OpenBroker, openBroker } from '../../kafka/index.ts';
import type { Remark } from '../../reports/model/index.ts';
import type { RunContext } from './context.ts';
import { floorRun } from './floor-run.ts';
import { latencyRun } from './latency-run.ts';
import type { CellPlan } from './plan.ts';
import { cellDefaults } from './presets.ts';
import { type OpenContext, openContext } from './testing/index.ts';

let broker: OpenBroker;
let open: OpenContext;
let plan: CellPlan;
beforeAll(async () => {
  broker = await openBroker({ choice: 'embedded' });
  open = await openContext(broker, 'validity');
  plan = {
    ...(await cellDefaults('merchant-spend', 'event', 5)),
    ratePerSecond: 500,
    warmupMs: 500,
    warmupLimitMs: null,
    durationMs: 4_000,
    drainEvents: 5_000,
  };
});
afterAll(async () => {
  await open?.close();
  await broker?.stop();
});

const codesOf = (remarks: readonly Remark[]): string[] => remarks.map(({ code }) => code);

/** The context, and an instant at which the pipeline runs and replay is about to start. */
function withDeployed(context: RunContext): { context: RunContext; deployed: Promise<void> } {
  const deployed = Promise.withResolvers<void>();
  const pipelines = [...context.pipelines.values()].map((pipeline) => ({
    ...pipeline,
    deploy: async (...given: Parameters<typeof pipeline.deploy>) => {
      const running = await pipeline.deploy(...given);
      deployed.resolve();
      return running;
    },
  }));
  const named = new Map(pipelines.map((pipeline) => [pipeline.engine, pipeline]));
  return { context: { ...context, pipelines: named }, deployed: deployed.promise };
}

test('a clock of one millisecond', async () => {
  const run = await latencyRun({ ...open.context, clockResolutionUs: 1_000 }, plan, 'coarse-clock');
  expect(run.verification).toMatchObject({ passed: true });
  expect(codesOf(run.remarks)).toContain('RUN_CLOCK_TOO_COARSE');
  expect(run.outcome).toBe('invalid');
});

test('a broker stopped by SIGSTOP until after the end of the schedule', async () => {
  const processId = broker.processId as number;
  const { context, deployed } = withDeployed(open.context);
  const running = latencyRun(context, plan, 'stopped-broker');
  await deployed;
  await delay(3_500);
  process.kill(processId, 'SIGSTOP');
  await delay(3_000);
  process.kill(processId, 'SIGCONT');
  const run = await running;
  expect(run.verification).toMatchObject({ passed: true });
  expect(codesOf(run.remarks)).toEqual(expect.arrayContaining(['RUN_BROKER_STALLED', 'RUN_RATE_NOT_HELD']));
  expect(run.outcome).toBe('invalid');
});

test('a machine on which others are busy', async () => {
  const burners: ChildProcess[] = [];
  try {
    for (let count = 0; count < 2 * availableParallelism(); count += 1) {
      burners.push(spawn(process.execPath, ['-e', 'for (;;);'], { stdio: 'ignore' }));
    }
    const run = await latencyRun(open.context, plan, 'busy-machine');
    expect(run.verification).toMatchObject({ passed: true });
    expect(codesOf(run.remarks)).toContain('RUN_MACHINE_BUSY');
    expect(run.outcome).toBe('invalid');
  } finally {
    const gone = burners.map((burner) => once(burner, 'exit'));
    for (const burner of burners) burner.kill('SIGKILL');
    await Promise.all(gone);
  }
});

test('somebody else who writes to the input topic', async () => {
  const { client } = open.context;
  const topic = 'foreign-writer-floor';
  const floor = floorRun(open.context, plan, 'foreign-writer');
  const stored = (): Promise<number> =>
    client.admin.endOffsets(topic, 'read-uncommitted').then(
      (ends) => ends.reduce((total, end) => total + end, 0),
      () => 0,
    );
  await expect.poll(stored, { timeout: 60_000 }).toBeGreaterThan(0);
  const producer = await client.createProducer({ acks: -1, lingerMs: 0, maxInFlight: 1 });
  producer.append({ topic, partition: 0, key: null, value: 'not of the log' });
  await producer.close();
  expect(codesOf((await floor).remarks)).toContain('RUN_ACKED_NOT_STORED');
});
