import { describe, expect, it } from 'vitest';
import { createHeapBackend } from '../state/index.ts';
import { TimerService } from './timer-service.ts';

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
