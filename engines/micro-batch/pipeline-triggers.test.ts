import { afterEach, beforeEach, expect, test } from 'vitest';
import { type EmbeddedLog, startEmbeddedLog } from '../../kafka/index.ts';
import { type DeployedJob, deployJob } from './testing/deployed-job.ts';
import { expectSpend, payments } from './testing/spend-check.ts';

const TIMEOUT_MS = 60_000;

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

const inputRowsOfBatches = ({ events }: DeployedJob) =>
  events.flatMap((event) => (event.kind === 'batch-completed' ? [event.batch.inputRows] : []));

test(
  'available-now drains what is there by the rate limit, and the pipeline ends of itself',
  async () => {
    const settings = { trigger: 'available-now', maxRecordsPerBatch: 200 };
    job = await deployJob(log.connection, 'spend', 'exactly-once', settings, payments(0, 500));
    await job.pipeline.finished;
    expect(job.events.at(-1)).toMatchObject({ kind: 'stopped' });
    expect(job.pipeline.processIds()).toEqual([]);
    await job.pipeline.stop({ drain: true });
    await expectSpend(job, 'exactly-once', 500);
    const batches = inputRowsOfBatches(job);
    expect(batches.length).toBeGreaterThanOrEqual(3);
    expect(batches.reduce((total, rows) => total + rows, 0)).toBe(500);
  },
  TIMEOUT_MS,
);

test(
  'once takes all in one batch, whatever the limit, and the pipeline ends of itself',
  async () => {
    const settings = { trigger: 'once', maxRecordsPerBatch: 200 };
    job = await deployJob(log.connection, 'spend', 'at-least-once', settings, payments(0, 500));
    await job.pipeline.finished;
    expect(inputRowsOfBatches(job)).toEqual([500]);
    await expectSpend(job, 'at-least-once', 500);
  },
  TIMEOUT_MS,
);

test(
  'low latency keeps state exact over a SIGKILL, and a drain takes what is there',
  async () => {
    job = await deployJob(log.connection, 'spend', 'exactly-once', { trigger: 'low-latency' });
    await job.send(payments(0, 200));
    await job.committed(200);
    await job.send(payments(200, 400));
    await job.killAt(300);
    await job.send(payments(400, 600));
    await job.pipeline.stop({ drain: true });
    await expectSpend(job, 'exactly-once', 600);
    expect(job.pipeline.progress()).toMatchObject({ incarnations: 2 });
  },
  TIMEOUT_MS,
);
