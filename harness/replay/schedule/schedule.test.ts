import { describe, expect, test } from 'vitest';
import { constantRate, parseSchedule, type ScheduleProfile, scheduleOf } from './index.ts';

describe('scheduleOf', () => {
  test('makes record n of a constant rate due n / rate seconds after the start', () => {
    const { dueNs } = constantRate(5_000);
    expect([0, 1, 2, 5_000, 60_000].map(dueNs)).toEqual([0, 200_000, 400_000, 1e9, 12e9]);
  });

  test('stays at the end of a ramp', () => {
    const { dueNs, countBefore } = scheduleOf({
      kind: 'ramp',
      fromPerSecond: 0,
      toPerSecond: 2_000,
      durationMs: 10_000,
    });
    // Half of the way up, a quarter of the ramp's 10,000 records have been due.
    expect([0, 2_500, 10_000, 12_000].map(dueNs)).toEqual([0, 5e9, 10e9, 11e9]);
    expect([5e9, 10e9, 11e9].map(countBefore)).toEqual([2_500, 10_000, 12_000]);
  });

  test('goes down as well as up', () => {
    const { dueNs } = scheduleOf({
      kind: 'ramp',
      fromPerSecond: 2_000,
      toPerSecond: 1_000,
      durationMs: 10_000,
    });
    expect([15_000, 16_000].map(dueNs)).toEqual([10e9, 11e9]);
  });

  test('ends each period with its burst', () => {
    const { dueNs } = scheduleOf({
      kind: 'burst',
      basePerSecond: 100,
      burstPerSecond: 1_000,
      periodMs: 10_000,
      burstMs: 1_000,
    });
    expect([0, 1, 900, 1_400, 1_900, 2_000].map(dueNs)).toEqual([0, 1e7, 9e9, 9.5e9, 10e9, 11e9]);
  });

  test('lets nothing but a burst be due where the base rate is 0', () => {
    const { countBefore } = scheduleOf({
      kind: 'burst',
      basePerSecond: 0,
      burstPerSecond: 1_000,
      periodMs: 10_000,
      burstMs: 1_000,
    });
    // Record 0 opens the schedule.
    expect([9e9, 9.5e9, 10e9, 19e9].map(countBefore)).toEqual([1, 500, 1_000, 1_001]);
  });

  test('replays a recording at its speed, and what is behind it with its last record', () => {
    const dueUs = Float64Array.of(0, 10, 10, 500);
    const { dueNs, countBefore, describe: numbers } = scheduleOf({ kind: 'recorded', dueUs, speed: 2 });
    expect([0, 1, 2, 3, 4].map(dueNs)).toEqual([0, 5_000, 5_000, 250_000, 250_000]);
    expect([5_000, 5_001, 1e9].map(countBefore)).toEqual([1, 3, 4]);
    expect(numbers()).toEqual({ kind: 'recorded', speed: 2, records: 4, spanMs: 0.25 });
  });

  test('describes itself by kind and numbers', () => {
    const profile = parseSchedule('ramp:1000-20000/30s');
    expect(scheduleOf(profile).describe()).toEqual(profile);
  });

  test.each([0, -1, Number.NaN, Number.POSITIVE_INFINITY, 2e9])('refuses %d a second', (rate) => {
    const impossible = expect.objectContaining({ code: 'REPLAY_RATE_IMPOSSIBLE' });
    expect(() => constantRate(rate)).toThrow(impossible);
    expect(() => scheduleOf({ kind: 'ramp', fromPerSecond: 1, toPerSecond: rate, durationMs: 1 })).toThrow(
      impossible,
    );
    expect(() =>
      scheduleOf({ kind: 'burst', basePerSecond: 1, burstPerSecond: rate, periodMs: 2, burstMs: 1 }),
    ).toThrow(impossible);
  });

  test.each<[string, ScheduleProfile]>([
    ['a ramp that takes no time', { kind: 'ramp', fromPerSecond: 1, toPerSecond: 2, durationMs: 0 }],
    ['bursts of no length', { kind: 'burst', basePerSecond: 1, burstPerSecond: 2, periodMs: 5, burstMs: 0 }],
    [
      'bursts that fill the period',
      { kind: 'burst', basePerSecond: 1, burstPerSecond: 2, periodMs: 5, burstMs: 5 },
    ],
    ['an empty recording', { kind: 'recorded', dueUs: new Float64Array(0), speed: 1 }],
    ['a recording that begins late', { kind: 'recorded', dueUs: Float64Array.of(1, 2), speed: 1 }],
    ['a recording that goes back', { kind: 'recorded', dueUs: Float64Array.of(0, 2, 1), speed: 1 }],
    ['a recording with a gap in it', { kind: 'recorded', dueUs: Float64Array.of(0, Number.NaN), speed: 1 }],
    [
      'a recording that never ends',
      { kind: 'recorded', dueUs: Float64Array.of(0, Number.POSITIVE_INFINITY), speed: 1 },
    ],
    ['a recording that stands still', { kind: 'recorded', dueUs: Float64Array.of(0, 1), speed: 0 }],
  ])('refuses %s', (_, profile) => {
    expect(() => scheduleOf(profile)).toThrow(expect.objectContaining({ code: 'REPLAY_SCHEDULE_INVALID' }));
  });
});

describe('parseSchedule', () => {
  test.each<[string, ScheduleProfile]>([
    ['constant:5000', { kind: 'constant', ratePerSecond: 5_000 }],
    ['constant:0.5', { kind: 'constant', ratePerSecond: 0.5 }],
    ['ramp:1000-20000/30s', { kind: 'ramp', fromPerSecond: 1_000, toPerSecond: 20_000, durationMs: 30_000 }],
    ['ramp:0-20000/1.5m', { kind: 'ramp', fromPerSecond: 0, toPerSecond: 20_000, durationMs: 90_000 }],
    [
      'burst:5000-20000/10s/500ms',
      { kind: 'burst', basePerSecond: 5_000, burstPerSecond: 20_000, periodMs: 10_000, burstMs: 500 },
    ],
  ])('reads %s', (text, profile) => {
    expect(parseSchedule(text)).toEqual(profile);
  });

  test.each([
    '',
    '5000',
    'constant:',
    'constant:5e3',
    'constant:-5',
    'ramp:1000/30s',
    'ramp:1000-2000/30',
    'burst:1-2/10s',
    'burst:1-2/1s/10s',
    'recorded:1',
  ])('refuses "%s" and shows how a schedule is written', (text) => {
    expect(() => parseSchedule(text)).toThrow(
      expect.objectContaining({
        code: 'REPLAY_SCHEDULE_INVALID',
        hint: expect.stringContaining('constant:5000'),
      }),
    );
  });

  test('refuses a rate of 0', () => {
    expect(() => parseSchedule('constant:0')).toThrow(
      expect.objectContaining({ code: 'REPLAY_RATE_IMPOSSIBLE' }),
    );
  });
});
