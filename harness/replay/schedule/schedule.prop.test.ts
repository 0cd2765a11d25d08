import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { constantRate, scheduleOf } from './schedule.ts';

const anyRate = fc.double({ min: 0.01, max: 2e6, noNaN: true });
const anySequence = fc.nat(25_000_000);

describe('constantRate', () => {
  test('makes record n due n / rate seconds after the start', () => {
    const { dueNs } = constantRate(5_000);
    expect([0, 1, 2, 5_000, 60_000].map(dueNs)).toEqual([0, 200_000, 400_000, 1e9, 12e9]);
  });

  test('never goes back, and n records take n / rate seconds to within a nanosecond', () => {
    fc.assert(
      fc.property(anyRate, anySequence, (rate, sequence) => {
        const { dueNs } = constantRate(rate);
        expect(dueNs(sequence + 1)).toBeGreaterThan(dueNs(sequence));
        expect(Math.abs((dueNs(sequence) * rate) / 1e9 - sequence)).toBeLessThan(
          1e-9 * Math.max(1, sequence),
        );
      }),
    );
  });

  test('is made again from its profile, as on the replay thread', () => {
    fc.assert(
      fc.property(anyRate, anySequence, (rate, sequence) => {
        const schedule = constantRate(rate);
        expect(scheduleOf(structuredClone(schedule.profile)).dueNs(sequence)).toBe(schedule.dueNs(sequence));
      }),
    );
  });

  test.each([0, -1, Number.NaN, Number.POSITIVE_INFINITY, 2e9])('refuses %d a second', (rate) => {
    expect(() => constantRate(rate)).toThrow(expect.objectContaining({ code: 'REPLAY_RATE_IMPOSSIBLE' }));
  });
});
