import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { constantRate, type Schedule, type ScheduleProfile, scheduleOf } from './index.ts';

const MOST_RECORDS = 10_000_000;
const anyRate = fc.double({ min: 0.01, max: 2e6, noNaN: true });
const anyRateOrNone = fc.oneof({ weight: 1, arbitrary: fc.constant(0) }, { weight: 4, arbitrary: anyRate });
const anyDurationMs = fc.double({ min: 1, max: 120_000, noNaN: true });
const anySequence = fc.nat(MOST_RECORDS);

const constant = anyRate.map((ratePerSecond): ScheduleProfile => ({ kind: 'constant', ratePerSecond }));
const ramp = fc.tuple(anyRateOrNone, anyRate, anyDurationMs).map(
  ([fromPerSecond, toPerSecond, durationMs]): ScheduleProfile => ({
    kind: 'ramp',
    fromPerSecond,
    toPerSecond,
    durationMs,
  }),
);
const burst = fc
  .tuple(anyRateOrNone, anyRate, anyDurationMs, fc.double({ min: 0.01, max: 0.99, noNaN: true }))
  .map(
    ([basePerSecond, burstPerSecond, periodMs, share]): ScheduleProfile => ({
      kind: 'burst',
      basePerSecond,
      burstPerSecond,
      periodMs,
      burstMs: periodMs * share,
    }),
  );
const recorded = fc
  .tuple(
    fc.array(fc.double({ min: 0, max: 50_000, noNaN: true }), { maxLength: 200 }),
    fc.double({ min: 0.01, max: 100, noNaN: true }),
  )
  .map(([gapsUs, speed]): ScheduleProfile => {
    let dueUs = 0;
    return { kind: 'recorded', dueUs: Float64Array.from([0, ...gapsUs.map((gap) => (dueUs += gap))]), speed };
  });
const endless = fc.oneof(constant, ramp, burst).map(scheduleOf);
const anySchedule = fc.oneof(constant, ramp, burst, recorded).map(scheduleOf);

/** Records that a recorded schedule knows; all others know any. */
const knownOf = ({ profile }: Schedule): number =>
  profile.kind === 'recorded' ? profile.dueUs.length : Number.POSITIVE_INFINITY;

describe('every schedule', () => {
  test('begins with record 0 and never goes back', () => {
    fc.assert(
      fc.property(anySchedule, anySequence, ({ dueNs }, sequence) => {
        expect(dueNs(0)).toBe(0);
        expect(dueNs(sequence + 1)).toBeGreaterThanOrEqual(dueNs(sequence));
      }),
      { numRuns: 500 },
    );
  });

  test('counts the records before an instant exactly', () => {
    fc.assert(
      fc.property(
        anySchedule,
        anySequence,
        fc.double({ min: 0, max: 1, noNaN: true }),
        (schedule, sequence, part) => {
          const { dueNs, countBefore } = schedule;
          const elapsedNs = dueNs(sequence) + part * (dueNs(sequence + 1) - dueNs(sequence));
          const count = countBefore(elapsedNs);
          if (count > 0) expect(dueNs(count - 1)).toBeLessThan(elapsedNs);
          if (count < knownOf(schedule)) expect(dueNs(count)).toBeGreaterThanOrEqual(elapsedNs);
        },
      ),
      { numRuns: 500 },
    );
  });

  test('is made again from its profile, as on the threads', () => {
    fc.assert(
      fc.property(anySchedule, anySequence, (schedule, sequence) => {
        const again = scheduleOf(structuredClone(schedule.profile));
        expect(again.dueNs(sequence)).toBe(schedule.dueNs(sequence));
      }),
    );
  });

  test('has everything before the end of time, and nothing before its start', () => {
    fc.assert(
      fc.property(endless, ({ countBefore }) => {
        expect([countBefore(-1), countBefore(0)]).toEqual([0, 0]);
        expect(countBefore(Number.POSITIVE_INFINITY)).toBe(Number.POSITIVE_INFINITY);
      }),
    );
  });
});

/** Records that flow in `seconds` by the rates themselves: areas under the profile, added up piece by piece. */
function areaUnder(profile: ScheduleProfile, seconds: number): number {
  switch (profile.kind) {
    case 'constant':
      return profile.ratePerSecond * seconds;
    case 'ramp': {
      const { fromPerSecond, toPerSecond } = profile;
      const rampS = profile.durationMs / 1_000;
      const onRampS = Math.min(seconds, rampS);
      const reached = fromPerSecond + ((toPerSecond - fromPerSecond) * onRampS) / rampS;
      return ((fromPerSecond + reached) / 2) * onRampS + toPerSecond * (seconds - onRampS);
    }
    case 'burst': {
      const [periodS, burstS] = [profile.periodMs / 1_000, profile.burstMs / 1_000];
      const periods = Math.floor(seconds / periodS);
      const restS = seconds - periods * periodS;
      const burstingS = periods * burstS + Math.max(0, restS - (periodS - burstS));
      return profile.burstPerSecond * burstingS + profile.basePerSecond * (seconds - burstingS);
    }
    case 'recorded':
      return Number.NaN;
  }
}

describe('mean rates', () => {
  test('are those of the profile after any time, up to ten million records: no drift', () => {
    fc.assert(
      fc.property(
        endless,
        fc.double({ min: 0.001, max: 600, noNaN: true }),
        ({ profile, countBefore }, s) => {
          const expected = areaUnder(profile, s);
          fc.pre(expected <= MOST_RECORDS);
          expect(Math.abs(countBefore(s * 1e9) - expected)).toBeLessThanOrEqual(1 + 1e-9 * expected);
        },
      ),
      { numRuns: 500 },
    );
  });

  test('of a constant rate hold to a nanosecond after ten million records', () => {
    fc.assert(
      fc.property(anyRate, anySequence, (rate, sequence) => {
        const { dueNs } = constantRate(rate);
        expect(Math.abs((dueNs(sequence) * rate) / 1e9 - sequence)).toBeLessThan(
          1e-9 * Math.max(1, sequence),
        );
      }),
    );
  });

  test('of bursts are the same in the first and in the ten-millionth period', () => {
    const { dueNs } = scheduleOf({
      kind: 'burst',
      basePerSecond: 5_000,
      burstPerSecond: 20_000,
      periodMs: 10_000,
      burstMs: 1_000,
    });
    const perPeriod = 65_000;
    for (const period of [0, 1, 7, 10_000_000]) {
      expect(dueNs(period * perPeriod)).toBe(period * 10e9);
      expect(dueNs(period * perPeriod + 45_000)).toBe(period * 10e9 + 9e9);
    }
  });
});
