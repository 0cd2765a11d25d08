import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { openHeapBackend, Restorable } from '../operator-harness/index.ts';
import { createHeapBackend, type KeyGroupRange, keyGroupOf } from '../state/index.ts';
import { TimerService } from './timer-service.ts';
import { TIMER_CASES, type TimerAction } from './timer-service-cases.ts';

function makeTimers(): TimerService {
  return new TimerService(createHeapBackend(128, { first: 0, last: 127 }));
}

describe('TimerService', () => {
  it('fires in the same pass what a callback registers for a time that the watermark has reached', () => {
    const timers = makeTimers();
    const fired: number[] = [];
    timers.registerEventTime('a', 0, 10);
    timers.advanceWatermark(30, (key, namespace, timeMs) => {
      fired.push(timeMs);
      timers.registerEventTime(key, namespace, timeMs + 10);
    });
    expect(fired).toEqual([10, 20, 30]);

    timers.advanceWatermark(40, (_key, _namespace, timeMs) => fired.push(timeMs));
    expect(fired).toEqual([10, 20, 30, 40]);
  });

  it('keeps a timer for the past until the next watermark', () => {
    const timers = makeTimers();
    const fired: number[] = [];
    timers.advanceWatermark(100, (_key, _namespace, timeMs) => fired.push(timeMs));
    timers.registerEventTime('a', 0, 50);
    timers.advanceWatermark(100, (_key, _namespace, timeMs) => fired.push(timeMs));
    expect(fired).toEqual([]);

    timers.advanceWatermark(101, (_key, _namespace, timeMs) => fired.push(timeMs));
    expect(fired).toEqual([50]);
  });

  it('shows a callback the watermark that fires it', () => {
    const timers = makeTimers();
    const seen: number[] = [];
    timers.registerEventTime('a', 0, 5);
    timers.advanceWatermark(9, () => seen.push(timers.currentWatermarkMs));
    expect(seen).toEqual([9]);
  });

  it('keeps the two time domains apart', () => {
    const timers = makeTimers();
    const fired: string[] = [];
    timers.registerEventTime('event', 0, 10);
    timers.registerProcessingTime('processing', 0, 10);
    timers.advanceProcessingTime(10, (key) => fired.push(String(key)));
    expect(fired).toEqual(['processing']);
    timers.advanceWatermark(10, (key) => fired.push(String(key)));
    expect(fired).toEqual(['processing', 'event']);
  });

  it('visits exactly the due timers beforehand', () => {
    const timers = makeTimers();
    for (let timeMs = 0; timeMs < 50; timeMs++) timers.registerEventTime('a', 0, (timeMs * 31) % 50);
    const due: number[] = [];
    timers.forEachDue(20, (_key, _namespace, timeMs) => due.push(timeMs));
    expect(due.sort((left, right) => left - right)).toEqual(
      Array.from({ length: 21 }, (_, timeMs) => timeMs),
    );
  });
});

/** Timers that a watermark and an instant of infinity would fire. */
function standingIn(timers: TimerService): number {
  let standing = 0;
  timers.forEachDue(Number.POSITIVE_INFINITY, () => standing++);
  timers.forEachProcessingDue(Number.POSITIVE_INFINITY, () => standing++);
  return standing;
}

/** @returns what fired */
function perform(timers: TimerService, action: TimerAction, callbacksRegister: number[]): string[] {
  const fired: string[] = [];
  if ('register' in action) {
    const { key, namespace, atMs } = action;
    if (action.register === 'event') timers.registerEventTime(key, namespace, atMs);
    else timers.registerProcessingTime(key, namespace, atMs);
  } else if ('delete' in action) {
    const { key, namespace, atMs } = action;
    if (action.delete === 'event') timers.deleteEventTime(key, namespace, atMs);
    else timers.deleteProcessingTime(key, namespace, atMs);
  } else if ('advance' in action) {
    const { advance, toMs } = action;
    if (advance === 'event') {
      timers.advanceWatermark(toMs, (key, namespace) => fired.push(`${key} ${namespace}`));
    } else {
      timers.advanceProcessingTime(toMs, (key, namespace) => {
        fired.push(`${key} ${namespace}`);
        const nextMs = callbacksRegister.shift();
        if (nextMs !== undefined) timers.registerProcessingTime(key, namespace, nextMs);
      });
    }
    expect(fired.sort()).toEqual(action.fires);
  } else if ('standing' in action) {
    expect(standingIn(timers)).toBe(action.standing);
  } else {
    expect(timers.nextProcessingTimeMs).toBe(action.nextProcessingTimeMs);
  }
  return fired;
}

describe.each(['unbroken', 'restored after every step'] as const)(
  'InternalTimerServiceImplTest, %s',
  (life) => {
    it.each(TIMER_CASES)('$name', async ({ actions, callbacksRegister = [] }) => {
      const restorable = await Restorable.create(openHeapBackend, (state) => new TimerService(state));
      const left = [...callbacksRegister];
      for (const action of actions) {
        perform(restorable.subject, action, left);
        if (life !== 'unbroken') await restorable.snapshotAndRestore();
      }
      await restorable.close();
    });
  },
);

it('testSnapshotAndRebalancingRestore: each timer in the half that owns its key', async () => {
  const folder = await mkdtemp(join(tmpdir(), 'crosscurrent-timers-'));
  const keys = Array.from({ length: 40 }, (_, index) => `key${index}`);
  const whole = createHeapBackend(128, { first: 0, last: 127 });
  const timers = new TimerService(whole);
  for (const key of keys) {
    timers.registerEventTime(key, 1, 10);
    timers.registerProcessingTime(key, 2, 10);
  }
  await whole.snapshot().write(join(folder, 'state'));
  const halves: readonly KeyGroupRange[] = [
    { first: 0, last: 63 },
    { first: 64, last: 127 },
  ];
  for (const range of halves) {
    const half = createHeapBackend(128, range);
    const restored = new TimerService(half);
    await half.restore([join(folder, 'state')]);
    const own = keys.filter((key) => {
      const group = keyGroupOf(key, 128);
      return range.first <= group && group <= range.last;
    });
    const fired: string[] = [];
    restored.advanceProcessingTime(10, (key, namespace) => fired.push(`${key} ${namespace}`));
    restored.advanceWatermark(10, (key, namespace) => fired.push(`${key} ${namespace}`));
    expect(fired.sort()).toEqual(own.flatMap((key) => [`${key} 1`, `${key} 2`]).sort());
  }
  await rm(folder, { recursive: true });
});
