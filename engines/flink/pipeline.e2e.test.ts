import { afterAll, beforeAll, expect, test } from 'vitest';
import { type EmbeddedBroker, startEmbeddedBroker } from '../../kafka/index.ts';
import { flinkPipeline } from './pipeline.ts';
import { deployJob } from './testing/deployed-job.ts';

let broker: EmbeddedBroker;
beforeAll(async () => {
  await flinkPipeline().prepare(() => {});
  broker = await startEmbeddedBroker();
});
afterAll(() => broker?.stop());

test('the real Flink computes each output once, also when its TaskManager is killed', async () => {
  const job = await deployJob(broker.connection, flinkPipeline());
  try {
    const { pipeline, events } = job;
    const kinds = (): string[] => events.map(({ kind }) => kind);
    await job.send(10_000);
    await job.until(() => kinds().includes('checkpoint-completed'));
    const before = pipeline.processIds();
    pipeline.kill('process');
    await job.send(10_000);
    await job.until(() => kinds().filter((kind) => kind === 'running').length === 2);
    const after = pipeline.processIds();
    // The JobManager is the same.
    expect(before.filter((id) => after.includes(id))).toHaveLength(1);
    await pipeline.stop({ drain: true });
    expect(await job.wrongOutputs()).toEqual([]);
    const inOrder = kinds().filter((kind) => !kind.startsWith('checkpoint'));
    expect(inOrder).toEqual([
      ...['process-started', 'restored', 'running'],
      ...['process-exited', 'process-started', 'restored', 'running', 'stopped'],
    ]);
    const { positions } = pipeline.progress();
    expect(positions.reduce((sum, position) => sum + position, 0)).toBe(20_000);
  } finally {
    await job.end();
  }
});
