import { expect, test } from 'vitest';
import { startEmbeddedLog } from '../../../kafka/index.ts';
import { type DeployedJob, deployJob } from './deployed-job.ts';
import { expectSpend, payments } from './spend-check.ts';

/** Engine processes start slowly where the machine has other work. */
const TIMEOUT_MS = 120_000;

/** The whole engine with its state in a provider, killed twice: exactly-once. */
export function describeKilledState(name: string, stateProvider: string | (() => string)): void {
  test(
    `state in ${name}: after SIGKILLs the results are those of a run without failure`,
    async () => {
      const log = await startEmbeddedLog();
      let job: DeployedJob | undefined;
      try {
        job = await deployJob(log.connection, 'spend', 'exactly-once', {
          maxRecordsPerBatch: 50,
          stateProvider: typeof stateProvider === 'string' ? stateProvider : stateProvider(),
        });
        await job.send(payments(0, 400));
        await job.killAt(200);
        await job.send(payments(400, 800));
        await job.killAt(600);
        await job.send(payments(800, 1200));
        await job.pipeline.stop({ drain: true });
        await expectSpend(job, 'exactly-once', 1200);
        expect(job.pipeline.progress()).toMatchObject({ incarnations: 3 });
      } finally {
        await job?.end();
        await log.stop();
      }
    },
    TIMEOUT_MS,
  );
}
