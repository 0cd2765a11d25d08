import { expect, test } from 'vitest';
import { BatchLoop, type LoopedExecution } from './batch-loop.ts';

/** An input to which a record is added whenever somebody looks at its end, so it never runs dry. */
class EndlessExecution implements LoopedExecution<number, readonly number[]> {
  readonly ends: number[] = [];
  #produced = 10;
  #consumed = 0;

  async endOffsets(): Promise<readonly number[]> {
    return [++this.#produced];
  }

  async runBatch(until?: readonly number[]): Promise<number | undefined> {
    const [latest] = await this.endOffsets();
    const end = Math.min(latest as number, until?.[0] ?? Number.POSITIVE_INFINITY);
    if (end <= this.#consumed) return undefined;
    this.#consumed = end;
    this.ends.push(end);
    return end;
  }

  async maintain(): Promise<void> {}
}

const loopOver = (
  execution: LoopedExecution<number, readonly number[]>,
  onBatch: (end: number) => void = () => {},
) =>
  new BatchLoop({
    execution,
    clock: { nowMs: () => 0, monotonicNs: () => 0n },
    intervalMs: 1_000_000,
    idlePollMs: 1,
    idlePollMaxMs: 1,
    onBatch,
  });

test('a drain ends at what was there when it was asked for, though input keeps coming', async () => {
  const execution = new EndlessExecution();
  const loop = loopOver(execution);
  await loop.stop(true);
  expect(execution.ends).toEqual([11, 12]);
});

test('a stop without drain ends a wait for the next trigger at once and runs nothing more', async () => {
  const execution = new EndlessExecution();
  const first = Promise.withResolvers<void>();
  const loop = loopOver(execution, () => first.resolve());
  await first.promise;
  await loop.stop(false);
  await loop.stop(false);
  expect(execution.ends).toEqual([11]);
});

test('a batch that fails ends the loop: failed and stop reject', async () => {
  const loop = loopOver({
    endOffsets: async () => [0],
    runBatch: async () => {
      throw new Error('no broker');
    },
    maintain: async () => {},
  });
  await expect(loop.failed).rejects.toThrow('no broker');
  await expect(loop.stop(true)).rejects.toThrow('no broker');
});

test('timers that end early start no second batch on one point of the grid', async () => {
  const INTERVAL_MS = 10;
  const execution = new EndlessExecution();
  // Half as fast as the timers: each of them ends when half of its time is over.
  const clock = { nowMs: () => Math.floor(performance.now() / 2), monotonicNs: () => 0n };
  const points: number[] = [];
  const enough = Promise.withResolvers<void>();
  const loop = new BatchLoop({
    execution,
    clock,
    intervalMs: INTERVAL_MS,
    idlePollMs: 1,
    idlePollMaxMs: 1,
    onBatch: () => {
      points.push(Math.floor(clock.nowMs() / INTERVAL_MS));
      if (points.length === 6) enough.resolve();
    },
  });
  await enough.promise;
  await loop.stop(false);
  expect(new Set(points).size).toBe(points.length);
});
