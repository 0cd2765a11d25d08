import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createClient } from 'redis';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { startEmbeddedLog } from '../../kafka/index.ts';
import { type OwnRedisServer, startRedisServer } from './state/testing/index.ts';
import { type DeployedJob, deployJob } from './testing/deployed-job.ts';
import { describeKilledState } from './testing/killed-state.ts';
import { expectSpend, payments } from './testing/spend-check.ts';

let folder: string;
let server: OwnRedisServer;
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'state-providers-'));
  server = await startRedisServer(join(folder, 'redis'));
});
afterAll(async () => {
  await server.close();
  await rm(folder, { recursive: true, force: true });
});

describeKilledState('a Redis of its own', 'redis');
describeKilledState('a Redis that is given', () => server.url);

/** Of the server that answers there. */
async function redisProcess(url: string): Promise<number> {
  const client = createClient({ url, socket: { reconnectStrategy: false } });
  client.on('error', () => undefined);
  await client.connect();
  const info = await client.info('server');
  client.destroy();
  return Number(/process_id:(\d+)/.exec(info)?.[1]);
}

test('Redis is killed twice in a run and comes back: nothing is lost or counted twice', async () => {
  const log = await startEmbeddedLog();
  let job: DeployedJob | undefined;
  try {
    const settings = { maxRecordsPerBatch: 50, stateProvider: server.url };
    job = await deployJob(log.connection, 'spend', 'exactly-once', settings);
    for (const from of [0, 400, 800]) {
      await job.send(payments(from, from + 400));
      await job.committed(from + 100);
      if (from < 800) process.kill(await redisProcess(server.url), 'SIGKILL');
    }
    await job.pipeline.stop({ drain: true });
    await expectSpend(job, 'exactly-once', 1200);
    expect(job.pipeline.progress()).toMatchObject({ incarnations: 1 });
  } finally {
    await job?.end();
    await log.stop();
  }
});
