import { expect, test } from 'vitest';
import { BatchLoop, type BatchTiming, type LoopedExecution } from './batch-loop.ts';
import { ManualClock } from './testing/index.ts';
import type { Intake, Trigger } from './trigger.ts';

/** One partition of an input, and batches that take as long as the test says. */
class Input implements LoopedExecution<number, number> {
  readonly clock = new ManualClock();
  /** Ends of the batches that ran. */
  readonly ends: number[] = [];
  /** When each began. */
  readonly begunMs: number[] = [];
  readonly timings: BatchTiming[] = [];
  dueWithoutInputMs = Number.POSITIVE_INFINITY;
  batchMs = 0;
  maxRecords = Number.POSITIVE_INFINITY;
  /** Records that come whenever somebody looks at the end, so that the input never runs dry. */
  growth = 0;
  gathers = 0;
  #end = 0;
  #taken = 0;
  #arrival = Promise.withResolvers<void>();

  add(records: number): void {
    this.#end += records;
    this.#arrival.resolve();
    this.#arrival = Promise.withResolvers();
  }

  async endOffsets(): Promise<number> {
    this.#end += this.growth;
    return this.#end;
  }

  async gather(records: number, maxWaitMs: number): Promise<number> {
    this.gathers++;
    if (this.#end - this.#taken <= records && maxWaitMs > 0) await this.#arrival.promise;
    return this.#end - this.#taken;
  }

  async runBatch(intake: Intake<number>): Promise<number | undefined> {
    const available = intake.kind === 'until' ? intake.end : await this.endOffsets();
    const limit = intake.kind === 'all' ? Number.POSITIVE_INFINITY : this.maxRecords;
    const end = Math.min(available, this.#taken + limit);
    if (end <= this.#taken && this.dueWithoutInputMs > this.clock.nowMs()) return undefined;
    this.dueWithoutInputMs = Number.POSITIVE_INFINITY;
    this.begunMs.push(this.clock.nowMs());
    this.clock.advance(this.batchMs);
    this.#taken = end;
    this.ends.push(end);
    return end;
  }

  async maintain(): Promise<void> {}

  run(trigger: Trigger, onBatch: (end: number) => void = () => {}): BatchLoop<number, number> {
    return new BatchLoop({
      execution: this,
      clock: this.clock,
      trigger,
      idlePollMs: 10,
      idlePollMaxMs: 40,
      onBatch: (end, timing) => {
        this.timings.push(timing);
        onBatch(end);
      },
    });
  }
}

const everyMs = (intervalMs: number): Trigger => ({ kind: 'processing-time', intervalMs });
const lowLatency: Trigger = {
  kind: 'low-latency',
  targetLatencyMs: 20,
  lingerRecords: 100,
  maxWaitMs: 500,
};

// Spark's ProcessingTimeExecutorSuite, "trigger timing": expected values are its assertions.
test('batches start on the grid, at once where the one before took longer than the interval', async () => {
  const input = new Input();
  const { clock } = input;
  input.growth = 1;
  const loop = input.run(everyMs(1000));
  await clock.waitedFor(1000);
  expect(input.begunMs).toEqual([0]);
  input.batchMs = 500;
  clock.setTime(1000);
  await clock.waitedFor(2000);
  expect(input.begunMs).toEqual([0, 1000]);
  expect(clock.nowMs()).toBe(1500);
  input.batchMs = 1500;
  const again = loopStopsTaking(input);
  clock.setTime(2000);
  await clock.waitedFor(4000);
  again();
  expect(input.begunMs).toEqual([0, 1000, 2000, 3500]);
  expect(clock.nowMs()).toBe(3500);
  await loop.stop(false);
});

/** Only the next batch takes its time, as in Spark's suite. */
function loopStopsTaking(input: Input): () => void {
  const { runBatch } = input;
  input.runBatch = async (intake) => {
    const end = await runBatch.call(input, intake);
    input.batchMs = 0;
    return end;
  };
  return () => {
    input.runBatch = runBatch;
  };
}

// "notifyBatchFallingBehind" of the same suite: 200 ms on a grid of 100 ms.
test.each([
  [200, true],
  [101, true],
  [100, false],
  [0, false],
])('a batch of %i ms on a grid of 100 ms falls behind: %s', async (batchMs, isFallingBehind) => {
  const input = new Input();
  input.batchMs = batchMs;
  input.add(1);
  const first = Promise.withResolvers<void>();
  const loop = input.run(everyMs(100), () => first.resolve());
  await first.promise;
  await loop.stop(false);
  expect(input.timings[0]).toEqual({ isFallingBehind, lingeredMs: 0 });
});

// "batch termination" of the same suite, with and without an interval.
test.each([0, 10])(
  'a stop after the third batch ends the loop at an interval of %i ms',
  async (intervalMs) => {
    const input = new Input();
    input.growth = 1;
    const ended = Promise.withResolvers<void>();
    const loop = input.run(everyMs(intervalMs), (end) => {
      if (end === 3) loop.stop(false).then(ended.resolve, ended.reject);
    });
    for (let step = 1; intervalMs > 0 && step <= 2; step++) {
      await input.clock.waitedFor(step * intervalMs);
      input.clock.setTime(step * intervalMs);
    }
    await ended.promise;
    expect(input.ends).toEqual([1, 2, 3]);
  },
);

test('at interval 0 an idle engine asks less and less often, and starts anew after a batch', async () => {
  const input = new Input();
  const { clock } = input;
  const loop = input.run(everyMs(0));
  for (const dueMs of [20, 60, 100]) {
    await clock.waitedFor(dueMs);
    clock.setTime(dueMs);
  }
  await clock.waitedFor(140);
  input.add(1);
  clock.setTime(140);
  await clock.waitedFor(160);
  expect(input.ends).toEqual([1]);
  await loop.stop(false);
});

test('a drain ends at what was there when it was asked for, though input keeps coming', async () => {
  const input = new Input();
  input.growth = 1;
  const loop = input.run(everyMs(1_000_000));
  await loop.stop(true);
  expect(input.ends).toEqual([1, 2]);
});

test('a stop without drain ends a wait for the next trigger at once and runs nothing more', async () => {
  const input = new Input();
  input.growth = 1;
  const loop = input.run(everyMs(1_000_000));
  await input.clock.waitedFor(1_000_000);
  await loop.stop(false);
  await loop.stop(false);
  expect(input.ends).toEqual([1]);
});

test.each([everyMs(10), lowLatency, { kind: 'available-now' }, { kind: 'once' }] as const)(
  'a batch that fails ends the loop under $kind: failed and stop reject, finished does not resolve',
  async (trigger) => {
    const input = new Input();
    input.add(1);
    input.runBatch = async () => {
      throw new Error('no broker');
    };
    const loop = input.run(trigger);
    await expect(Promise.race([loop.finished, loop.failed])).rejects.toThrow('no broker');
    await expect(loop.stop(true)).rejects.toThrow('no broker');
  },
);

// What TriggerAvailableNowSuite asserts of a source of three rows and a limit of one: three batches, and three more at the next start.
test('available-now takes what was there at the start, by the rate limit, and finishes', async () => {
  const input = new Input();
  input.maxRecords = 1;
  input.add(3);
  const first = input.run({ kind: 'available-now' }, () => input.add(1));
  await first.finished;
  expect(input.ends).toEqual([1, 2, 3]);
  const second = input.run({ kind: 'available-now' });
  await second.finished;
  expect(input.ends).toEqual([1, 2, 3, 4, 5, 6]);
  await second.stop(true);
  expect(input.ends).toHaveLength(6);
});

test('once takes all that is there in one batch, whatever the limit, and finishes', async () => {
  const input = new Input();
  input.maxRecords = 1;
  input.add(3);
  const loop = input.run({ kind: 'once' }, () => input.add(1));
  await loop.finished;
  expect(input.ends).toEqual([3]);
});

test('available-now also runs the batches that a moved watermark asks for', async () => {
  const input = new Input();
  input.add(3);
  const loop = input.run({ kind: 'available-now' }, (end) => {
    if (input.ends.length === 1 && end === 3) input.dueWithoutInputMs = 0;
  });
  await loop.finished;
  expect(input.ends).toEqual([3, 3]);
});

test('a trigger that is told to stop has not finished of itself', async () => {
  const input = new Input();
  input.add(3);
  input.maxRecords = 1;
  const loop = input.run({ kind: 'available-now' }, () => void loop.stop(false));
  await loop.stop(false);
  const outcome = await Promise.race([loop.finished.then(() => 'finished'), Promise.resolve('stopped')]);
  expect(outcome).toBe('stopped');
  expect(input.ends.length).toBeLessThan(3);
});

test('in low-latency mode an idle engine begins a batch as soon as a record comes, without a timer', async () => {
  const input = new Input();
  const ran = [Promise.withResolvers<void>(), Promise.withResolvers<void>()];
  const loop = input.run(lowLatency, () => ran[input.ends.length - 1]?.resolve());
  input.add(1);
  await ran[0]?.promise;
  input.clock.advance(1_000);
  input.add(1);
  await ran[1]?.promise;
  expect(input.begunMs).toEqual([0, 1_000]);
  await loop.stop(false);
});

test('while input flows it gathers for what two batches leave of the target latency', async () => {
  const input = new Input();
  const { clock } = input;
  input.batchMs = 6;
  input.add(1);
  const loop = input.run(lowLatency, () => input.add(1));
  // The first batch ends at 6 ms: 20 - 2 x 6 ms are left, in steps of 5 ms.
  await clock.waitedFor(11);
  clock.setTime(11);
  await clock.waitedFor(14);
  clock.setTime(14);
  await clock.waitedFor(25);
  expect(input.begunMs).toEqual([0, 14]);
  expect(input.timings[1]).toEqual({ isFallingBehind: false, lingeredMs: 8 });
  await loop.stop(false);
});

test('it gathers no longer once enough records are there', async () => {
  const input = new Input();
  input.add(1);
  const enough = Promise.withResolvers<void>();
  const loop = input.run(lowLatency, () => {
    if (input.ends.length < 5) input.add(100);
    else enough.resolve();
  });
  await enough.promise;
  await loop.stop(false);
  expect(input.ends).toEqual([1, 101, 201, 301, 401]);
  expect(input.timings.every(({ lingeredMs }) => lingeredMs === 0)).toBe(true);
});

test.each([
  // A moved watermark: what the target leaves, as input may still come.
  [Number.NEGATIVE_INFINITY, 20],
  // A timer: until its time.
  [300, 300],
  [9_000, 500],
  [Number.POSITIVE_INFINITY, 500],
])(
  'in low-latency mode a batch that is due at %d ms without input waits %i ms for some',
  async (dueMs, waitMs) => {
    const input = new Input();
    input.dueWithoutInputMs = dueMs;
    const asked = Promise.withResolvers<number>();
    input.gather = (_records, maxWaitMs) => {
      asked.resolve(maxWaitMs);
      return new Promise(() => {});
    };
    const loop = input.run(lowLatency);
    expect(await asked.promise).toBe(waitMs);
    await loop.stop(false);
  },
);

test('in low-latency mode a batch that needs no input is run without', async () => {
  const input = new Input();
  input.dueWithoutInputMs = Number.NEGATIVE_INFINITY;
  const ran = Promise.withResolvers<void>();
  input.gather = async () => 0;
  const loop = input.run(lowLatency, () => {
    ran.resolve();
    void loop.stop(false);
  });
  await ran.promise;
  await loop.stop(false);
  expect(input.ends).toEqual([0]);
});
