import fc from 'fast-check';
import { expect, it } from 'vitest';
import { createHeapBackend, type Key } from '../state/index.ts';
import { TimerService } from './timer-service.ts';

const timer = fc.record({
  key: fc.constantFrom<Key>('a', 'b', '1', 1),
  namespace: fc.constantFrom(0, 10),
  timeMs: fc.integer({ min: -20, max: 20 }),
});
const step = fc.oneof(
  { weight: 5, arbitrary: timer.map((timer) => ({ kind: 'register' as const, ...timer })) },
  { weight: 2, arbitrary: timer.map((timer) => ({ kind: 'delete' as const, ...timer })) },
  {
    weight: 2,
    arbitrary: fc
      .integer({ min: -20, max: 20 })
      .map((watermarkMs) => ({ kind: 'watermark' as const, watermarkMs })),
  },
);

type Fired = readonly [timeMs: number, namespace: number, key: Key];

it('fires each registered timer once, in order of time, at the first greater watermark that reaches it', () => {
  fc.assert(
    fc.property(fc.array(step, { maxLength: 80 }), (steps) => {
      const timers = new TimerService(createHeapBackend(128, { first: 0, last: 127 }));
      const expected = new Map<string, Fired>();
      let lastMs = Number.NEGATIVE_INFINITY;
      for (const action of steps) {
        if (action.kind === 'watermark') {
          const due = action.watermarkMs > lastMs ? takeDue(expected, action.watermarkMs) : [];
          lastMs = Math.max(lastMs, action.watermarkMs);
          const fired: Fired[] = [];
          timers.advanceWatermark(action.watermarkMs, (key, namespace, timeMs) =>
            fired.push([timeMs, namespace, key]),
          );
          const times = fired.map(([timeMs]) => timeMs);
          expect(times).toEqual(times.toSorted((left, right) => left - right));
          expect(fired.map((one) => JSON.stringify(one)).sort()).toEqual(due.sort());
        } else {
          const { key, namespace, timeMs } = action;
          const id = JSON.stringify([timeMs, namespace, key]);
          if (action.kind === 'register') {
            timers.registerEventTime(key, namespace, timeMs);
            expected.set(id, [timeMs, namespace, key]);
          } else {
            timers.deleteEventTime(key, namespace, timeMs);
            expected.delete(id);
          }
        }
      }
    }),
    { numRuns: 300 },
  );
});

function takeDue(timers: Map<string, Fired>, watermarkMs: number): string[] {
  const due = [...timers].filter(([, [timeMs]]) => timeMs <= watermarkMs).map(([id]) => id);
  for (const id of due) timers.delete(id);
  return due;
}
