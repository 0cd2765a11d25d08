import { expect, test } from 'vitest';
import type { ThreadReport } from './protocol.ts';
import { replayReport } from './report.ts';
import { constantRate } from './schedule/index.ts';

const SENT_US = new Float64Array(0);

const thread: ThreadReport = {
  sent: 500,
  acknowledged: 500,
  stored: 500,
  onSchedule: 500,
  onScheduleAcknowledgedUs: 900_000,
  acknowledgedUs: 900_000,
  longestUnacknowledgedMs: 3,
  scheduling: 'real-time',
};

test('the rate is over the span of the schedule when all was acknowledged within it', () => {
  const report = replayReport([thread, thread], constantRate(1_000), SENT_US);
  expect(report).toMatchObject({ sent: 1_000, acknowledged: 1_000, stored: 1_000, onSchedule: 1_000 });
  expect(report).toMatchObject({ achievedRatePerSecond: 1_000, producers: 2, scheduling: 'real-time' });
});

test('the rate is over the time to the last acknowledgement when that came later', () => {
  const late = { ...thread, onScheduleAcknowledgedUs: 4_000_000, longestUnacknowledgedMs: 2_500 };
  expect(replayReport([thread, late], constantRate(1_000), SENT_US)).toMatchObject({
    achievedRatePerSecond: 250,
    longestUnacknowledgedMs: 2_500,
  });
});

test('what was sent after the release counts into nothing but the sums', () => {
  const released = {
    ...thread,
    onSchedule: 100,
    onScheduleAcknowledgedUs: 190_000,
    acknowledgedUs: 7_000_000,
  };
  expect(replayReport([released, released], constantRate(1_000), SENT_US)).toMatchObject({
    onSchedule: 200,
    achievedRatePerSecond: 1_000,
    acknowledgedUs: 7_000_000,
    sent: 1_000,
  });
});

test('scheduling is real-time only if it was granted to all', () => {
  const report = replayReport([thread, { ...thread, scheduling: 'normal' }], constantRate(1_000), SENT_US);
  expect(report.scheduling).toBe('normal');
});
