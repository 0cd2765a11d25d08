import { afterEach, expect, test } from 'vitest';
import { type DeployedJob, deployJob, INPUT_PARTITIONS } from './testing/deployed-job.ts';

/** Engine processes start slowly where the machine has other work. */
const TIMEOUT_MS = 120_000;
const USERS = 7;
const COUNT = 6300;

let job: DeployedJob | undefined;
afterEach(async () => {
  await job?.end();
  job = undefined;
});

/** 10 ms of event time a record, each user's in one partition. A user's fifths: A, B at once; A that waits in vain; two others. */
function steps(from: number, to: number) {
  return Array.from({ length: to - from }, (_, index) => {
    const seq = from + index;
    const user = seq % USERS;
    const type = 'ABAXX'[Math.floor(seq / USERS) % 5];
    return {
      partition: user % INPUT_PARTITIONS,
      value: JSON.stringify({ user: `user-${user}`, type, timeMs: 10 * seq }),
    };
  });
}

/** Far behind every legal watermark once so many records are through. */
function lateStep(seq: number) {
  const user = seq % USERS;
  return {
    partition: user % INPUT_PARTITIONS,
    value: JSON.stringify({ user: `user-${user}`, type: 'B', timeMs: 10 * seq - 30_000 }),
  };
}

function expectedAttempts(): { readonly matches: string[]; readonly timedOut: string[] } {
  const matches: string[] = [];
  const timedOut: string[] = [];
  for (let seq = 0; seq < COUNT; seq++) {
    const fifth = Math.floor(seq / USERS) % 5;
    const startMs = 10 * seq;
    const attempt = { user: `user-${seq % USERS}`, startMs };
    if (fifth === 0) matches.push(JSON.stringify({ ...attempt, endMs: startMs + 10 * USERS }));
    if (fifth === 2) timedOut.push(JSON.stringify({ ...attempt, endMs: startMs + 100 }));
  }
  return { matches: matches.sort(), timedOut: timedOut.sort() };
}

test(
  'patterns: each match, each partial match that ran out of time and each late record once, over SIGKILLs',
  async () => {
    job = await deployJob('pairs', 'exactly-once', { stateBackend: 'rocksdb', stateCacheEntries: 2 });
    const killAndGoOn = async (deployed: DeployedJob, afterRecords: number): Promise<void> => {
      await deployed.consumed(afterRecords);
      const running = deployed.next('running');
      deployed.pipeline.kill('process');
      await running;
    };
    await job.send(steps(0, 3000));
    await job.next('checkpoint-completed');
    await job.send(steps(3000, 4500));
    await killAndGoOn(job, 3500);
    const late = Array.from({ length: 20 }, (_, index) => lateStep(4500 + index));
    await job.consumed(4500);
    await job.send(late);
    await job.send(steps(4500, COUNT));
    await job.consumed(5200);
    await job.next('checkpoint-completed');
    await killAndGoOn(job, 5200);
    await job.pipeline.stop({ drain: true });

    const { matches, timedOut } = expectedAttempts();
    expect((await job.values('output')).flat().sort()).toEqual(matches);
    expect((await job.values('timed-out')).flat().sort()).toEqual(timedOut);
    expect((await job.values('late')).flat().sort()).toEqual(late.map(({ value }) => value).sort());
    expect(job.pipeline.progress()).toMatchObject({ lateRecords: late.length, deadLetters: 0 });
  },
  TIMEOUT_MS,
);
