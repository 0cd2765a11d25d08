import { setTimeout as sleep } from 'node:timers/promises';
import { expect, test } from 'vitest';
import { deployJob } from './testing/deployed-job.ts';

const TIMEOUT_MS = 120_000;
/** Shorter than the supervisor's patience with a silent process, longer than the transaction's time-out. */
const PAUSE_MS = 4_000;

test(
  'an engine that was stopped for longer than transactionTimeoutMs finds its transaction aborted, and reads all of it again',
  async () => {
    // The first checkpoint comes after the pause, so the outputs are in the open transaction when the process stops.
    const job = await deployJob('doubled', 'exactly-once', {
      checkpointIntervalMs: 10_000,
      transactionTimeoutMs: 3_000,
    });
    try {
      const rows = (from: number, to: number) =>
        Array.from({ length: to - from }, (_, index) => ({
          partition: index % 4,
          value: JSON.stringify({ seq: from + index, shop: 'a', amount: 1 }),
        }));
      await job.send(rows(0, 100));
      await job.consumed(100);
      const running = job.next('running');
      const pids = job.pipeline.processIds();
      for (const pid of pids) process.kill(pid, 'SIGSTOP');
      await sleep(PAUSE_MS);
      for (const pid of pids) process.kill(pid, 'SIGCONT');
      await job.send(rows(100, 120));
      await running;
      await job.pipeline.stop({ drain: true });

      const seqs = (await job.values('output'))
        .flat()
        .map((value) => (JSON.parse(value) as { seq: number }).seq);
      expect(seqs.sort((a, b) => a - b)).toEqual(Array.from({ length: 120 }, (_, seq) => seq));
      expect(job.pipeline.progress().incarnations).toBe(2);
    } finally {
      await job.end();
    }
  },
  TIMEOUT_MS,
);
