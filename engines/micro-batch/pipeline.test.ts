import { afterEach, beforeEach, expect, test } from 'vitest';
import { type EmbeddedLog, startEmbeddedLog } from '../../kafka/index.ts';
import { count, dataflow } from '../pipeline/index.ts';
import { microBatchPipeline } from './pipeline.ts';
import { type DeployedJob, deployJob, INPUT_PARTITIONS } from './testing/deployed-job.ts';
import { expectSpend, payments } from './testing/spend-check.ts';

/** Engine processes start slowly where the machine has other work. */
const TIMEOUT_MS = 120_000;

let log: EmbeddedLog;
let job: DeployedJob | undefined;
beforeEach(async () => {
  log = await startEmbeddedLog();
});
afterEach(async () => {
  await job?.end();
  job = undefined;
  await log.stop();
});

const values = async (output: 'output' | 'late' | 'dead-letter') =>
  ((await job?.records(output)) ?? []).map(({ value }) => value).sort();

test.each(['exactly-once', 'at-least-once'] as const)(
  '%s: after SIGKILLs the results are those of a run without failure',
  async (guarantee) => {
    job = await deployJob(log.connection, 'spend', guarantee, { maxRecordsPerBatch: 50 });
    await job.send([...payments(0, 400), { partition: 1, value: '{"seq":1,' }]);
    await job.killAt(200);
    await job.send(payments(400, 800));
    await job.killAt(600);
    await job.send([...payments(800, 1200), { partition: 3, value: 'no record' }]);
    await job.pipeline.stop({ drain: true });

    await expectSpend(job, guarantee, 1200);
    const dead = await values('dead-letter');
    const broken = ['no record', '{"seq":1,'];
    if (guarantee === 'exactly-once') expect(dead).toEqual(broken);
    else expect([...new Set(dead)]).toEqual(broken);
    expect(job.pipeline.progress()).toMatchObject({
      positions: [343, 344, 343, 172],
      committedPositions: [343, 344, 343, 172],
      deadLetters: 2,
      lateRecords: 0,
      watermarkMs: null,
      incarnations: 3,
    });
  },
  TIMEOUT_MS,
);

/**
 * 10 ms of event time a record; from 4000 on each 100th is 30 s old and late whatever the batches, each 50th is
 * empty.
 */
function sale(seq: number) {
  const late = seq >= 4000 && seq % 100 === 99;
  const region = `region-${seq % 5}`;
  return { late, empty: seq % 50 === 0, region, timeMs: 10 * seq - (late ? 30_000 : 0) };
}

const sales = (from: number, to: number) =>
  Array.from({ length: to - from }, (_, index) => {
    const { region, empty, timeMs } = sale(from + index);
    return {
      partition: index % INPUT_PARTITIONS,
      value: JSON.stringify({ region, amount: empty ? 0 : 1, timeMs }),
    };
  });

test(
  'windows: each once and complete, late records counted exactly and put out once, over SIGKILLs',
  async () => {
    const COUNT = 6000;
    job = await deployJob(log.connection, 'sales', 'exactly-once', { maxRecordsPerBatch: 400 });
    await job.send(sales(0, 4000));
    await job.committed(4000);
    await job.send(sales(4000, 5000));
    await job.killAt(4300);
    await job.send(sales(5000, COUNT));
    await job.killAt(5500);
    await job.pipeline.stop({ drain: true });

    const watermarkMs = sale(COUNT - 2).timeMs - 2000;
    const windows = new Map<string, { count: number; total: number }>();
    const late: string[] = [];
    for (let seq = 0; seq < COUNT; seq++) {
      const { region, timeMs, empty, ...record } = sale(seq);
      if (empty) continue;
      if (record.late) {
        late.push(JSON.stringify({ region, amount: 2, timeMs }));
        continue;
      }
      const windowStartMs = timeMs - (timeMs % 1000);
      if (windowStartMs + 1000 > watermarkMs) continue;
      const key = JSON.stringify({ region, windowStartMs, windowEndMs: windowStartMs + 1000 });
      const window = windows.get(key) ?? { count: 0, total: 0 };
      windows.set(key, { count: window.count + 1, total: window.total + 2 });
    }
    const expected = [...windows].map(([key, window]) => JSON.stringify({ ...JSON.parse(key), ...window }));
    expect(await values('output')).toEqual(expected.sort());
    expect(await values('late')).toEqual(late.sort());
    const progress = job.pipeline.progress();
    expect(progress).toMatchObject({ lateRecords: late.length, watermarkMs, deadLetters: 0 });
    expect(progress.lateRowsSparkCount).toBeGreaterThan(0);
    expect(progress.lateRowsSparkCount).toBeLessThanOrEqual(late.length);
  },
  TIMEOUT_MS,
);

test(
  'timers fire once the watermark passes, also in a process that did not set them',
  async () => {
    const visit = (user: number, timeMs: number) => ({
      partition: user % INPUT_PARTITIONS,
      value: JSON.stringify({ user, timeMs }),
    });
    job = await deployJob(log.connection, 'visits', 'exactly-once');
    await job.send([visit(1, 1000), visit(2, 1500), visit(1, 3000)]);
    await job.killAt(3);
    await job.send([visit(2, 7000)]);
    await job.committed(4);
    await job.send([visit(3, 11_000)]);
    await job.pipeline.stop({ drain: true });
    // The watermark reaches 8,000: user 1 is due at that, user 2 (12,000) and user 3 are not.
    expect(await values('output')).toEqual(['{"user":1,"rows":2}']);
  },
  TIMEOUT_MS,
);

test(
  'a function that throws fails its batch again after each restart, until the supervisor gives up with its error',
  async () => {
    const visit = { partition: 0, value: '{"user":7,"timeMs":1}' };
    job = await deployJob(log.connection, 'failing', 'exactly-once');
    await job.send([visit, visit]);
    await job.committed(2);
    await job.send([visit]);
    await expect(job.pipeline.failed).rejects.toMatchObject({
      code: 'PIPELINE_FAILED',
      message: expect.stringContaining(
        'The function processRows of dataflow "failing" failed for key 7 in batch',
      ),
    });
    expect((await values('output')).at(-1)).toBe('{"user":7,"rows":2}');
  },
  TIMEOUT_MS,
);

test(
  'without a key each row comes out; a stop without drain ends after the batch under way',
  async () => {
    job = await deployJob(log.connection, 'doubled', 'at-least-once');
    await job.send(
      payments(0, 100).map(({ partition }, seq) => ({ partition, value: `{"seq":${seq},"amount":${seq}}` })),
    );
    await job.committed(100);
    await job.pipeline.stop({ drain: false });
    const expected = Array.from({ length: 100 }, (_, seq) => JSON.stringify({ seq, amount: 2 * seq }));
    expect(await values('output')).toEqual(expected.sort());
    const batches = job.events.filter((event) => event.kind === 'batch-completed').map(({ batch }) => batch);
    expect(batches.reduce((rows, { inputRows }) => rows + inputRows, 0)).toBe(100);
    expect(Object.keys(batches[0]?.phasesMs ?? {})).toEqual([
      'latestOffset',
      'walCommit',
      'read',
      'aggregate',
      'stateCommit',
      'sink',
      'commitLog',
    ]);
  },
  TIMEOUT_MS,
);

test('what the model lacks is refused by name, and settings are checked', async () => {
  const lateAgain = dataflow('late-again')
    .source({ input: 'input', schema: { key: 'utf8', timeMs: 'int64' }, deadLetterOutput: 'dead' })
    .withWatermark({ field: 'timeMs', delayMs: 1, idleTimeoutMs: 1000, alignmentMaxDriftMs: 1 })
    .keyBy('key')
    .window({ type: 'tumbling', sizeMs: 10, offsetMs: 0 }, { kind: 'count' }, { allowedLatenessMs: 1 })
    .aggregate({ n: count() }, { emit: 'final' })
    .sink('output');
  expect(() =>
    microBatchPipeline.validate(lateAgain, {}, { guarantee: 'at-least-once', heapMb: 512 }),
  ).toThrow(expect.objectContaining({ code: 'PIPELINE_CAPABILITY_MISSING' }));
  expect(() => microBatchPipeline.settingsSheet({ triggerIntervalMs: -1 })).toThrow(
    expect.objectContaining({ code: 'PIPELINE_SETTING_INVALID' }),
  );
  expect(microBatchPipeline.settingsSheet({}).find(({ name }) => name === 'triggerIntervalMs')?.value).toBe(
    '500',
  );
});
