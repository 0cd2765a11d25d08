import { setTimeout as sleep } from 'node:timers/promises';
import { afterEach, expect, test } from 'vitest';
import { type DeployedJob, deployJob, INPUT_PARTITIONS } from './testing/deployed-job.ts';

/** Engine processes start slowly where the machine has other work. */
const TIMEOUT_MS = 120_000;

let job: DeployedJob | undefined;
afterEach(async () => {
  await job?.end();
  job = undefined;
});

const USERS = 5;

function visits(from: number, to: number) {
  return Array.from({ length: to - from }, (_, index) => {
    const seq = from + index;
    return {
      partition: (seq % USERS) % INPUT_PARTITIONS,
      value: JSON.stringify({ user: `user-${seq % USERS}`, seq }),
    };
  });
}

interface Line {
  readonly user: string;
  readonly count: number;
  readonly distinct: number;
  readonly total: number;
  readonly mean: number;
  readonly lines: number;
  readonly forgotten: number;
}

/** Waits until lines tell of so many records. */
async function linesOf(deployed: DeployedJob, records: number): Promise<Line[]> {
  for (;;) {
    const lines = (await deployed.values('output')).flat().map((value) => JSON.parse(value) as Line);
    if (lines.reduce((total, { count }) => total + count, 0) >= records) return lines;
    await sleep(50);
  }
}

/** And every kind of state agrees on what there was. */
function expectEachVisitOnce(lines: readonly Line[], records: number): void {
  for (let user = 0; user < USERS; user++) {
    const own = lines.filter((line) => line.user === `user-${user}`);
    const sent = visits(0, records).filter((_, seq) => seq % USERS === user).length;
    expect(own.reduce((total, { count }) => total + count, 0)).toBe(sent);
    const seqs = Array.from({ length: sent }, (_, index) => user + index * USERS);
    expect(own.reduce((sum, { total }) => sum + total, 0)).toBe(seqs.reduce((sum, seq) => sum + seq, 0));
    expect(own.map((line) => line.lines)).toEqual(own.map((_, index) => index + 1));
    for (const { count, distinct, total, mean, forgotten } of own) {
      expect([distinct, mean, forgotten]).toEqual([count, total / count, 1]);
    }
  }
}

test.each(['heap', 'rocksdb'] as const)(
  '%s: processing-time timers fire by themselves and after a SIGKILL, each once, with declared state and expiry',
  async (stateBackend) => {
    job = await deployJob('visits', 'exactly-once', { stateBackend, stateCacheEntries: 2 });
    await job.send(visits(0, 100));
    await linesOf(job, 100);
    await job.send(visits(100, 300));
    await job.consumed(300);
    const running = job.next('running');
    job.pipeline.kill('process');
    await running;
    await job.send(visits(300, 400));
    const lines = await linesOf(job, 400);
    await job.pipeline.stop({ drain: true });
    expect((await job.values('output')).flat()).toHaveLength(lines.length);

    expectEachVisitOnce(lines, 400);
  },
  TIMEOUT_MS,
);

test(
  'timers, declared state and its expiry move with their keys to another parallelism, by savepoints',
  async () => {
    job = await deployJob('visits', 'exactly-once');
    await job.send(visits(0, 100));
    await job.consumed(100);
    await job.goOnFromSavepoint({ parallelism: 1 });
    await job.send(visits(100, 200));
    await job.consumed(200);
    await job.goOnFromSavepoint({ parallelism: 3 });
    await job.send(visits(200, 300));
    const lines = await linesOf(job, 300);
    expectEachVisitOnce(lines, 300);
  },
  TIMEOUT_MS,
);

const COUNT = 60;

/** A reading every 100 ms of event time, in turn in each of these partitions. */
function readings(from: number, to: number, partitions: readonly number[]) {
  return Array.from({ length: to - from }, (_, index) => {
    const tick = from + index;
    return partitions.map((partition) => ({
      partition,
      value: JSON.stringify({
        sensor: `sensor-${partition}`,
        timeMs: tick * 100,
        isLast: tick % 10 === 9 ? 1 : 0,
      }),
    }));
  }).flat();
}

/** Waits until so many windows are out, and nothing else makes them come. */
async function windowsOf(deployed: DeployedJob, windows: number): Promise<string[]> {
  for (;;) {
    const values = (await deployed.values('output')).flat();
    if (values.length >= windows) return values.sort();
    await sleep(50);
  }
}

function expectedWindows(seconds: number, partitions: readonly number[]): string[] {
  return partitions
    .flatMap((partition) =>
      Array.from({ length: seconds }, (_, second) =>
        JSON.stringify({
          sensor: `sensor-${partition}`,
          windowStartMs: second * 1000,
          windowEndMs: (second + 1) * 1000,
          count: 10,
        }),
      ),
    )
    .sort();
}

test(
  'one of four partitions stays silent: windows fire all the same, before the input ends',
  async () => {
    job = await deployJob('impatient', 'exactly-once');
    const partitions = [0, 1, 3];
    await job.send(readings(0, COUNT, partitions));
    expect(await windowsOf(job, 15)).toEqual(expectedWindows(5, partitions));
  },
  TIMEOUT_MS,
);

test(
  'watermarks by a generator of the user’s close windows, over a SIGKILL',
  async () => {
    job = await deployJob('punctuated', 'exactly-once');
    const partitions = [0, 1, 2, 3];
    await job.send(readings(0, 25, partitions));
    await windowsOf(job, 8);
    await job.send(readings(25, 35, partitions));
    await job.consumed(35 * partitions.length);
    const running = job.next('running');
    job.pipeline.kill('process');
    await running;
    await job.send(readings(35, COUNT, partitions));
    expect(await windowsOf(job, 24)).toEqual(expectedWindows(6, partitions));
    expect(job.pipeline.progress().lateRecords).toBe(0);
  },
  TIMEOUT_MS,
);
