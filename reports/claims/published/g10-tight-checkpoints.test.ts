import { expect, test } from 'vitest';
import { PAIRS } from '../claim.ts';
import { cell, recoveryRun, syntheticEvidence } from '../testing/index.ts';
import { G10 } from './g10-tight-checkpoints.ts';

interface Interval {
  readonly firstOutputMs: readonly number[];
  readonly bytesPerSecond?: number;
}

const decide = (intervals: Readonly<Record<number, Interval>>) =>
  G10.decide(
    syntheticEvidence({
      'checkpoint-intervals': Object.entries(intervals).map(
        ([checkpointIntervalMs, { firstOutputMs, ...written }]) =>
          cell(
            'event',
            [
              recoveryRun(
                firstOutputMs.map((ms) => ({ firstOutputMs: ms, caughtUpMs: 2 * ms })),
                written,
              ),
            ],
            { settings: { checkpointIntervalMs } },
          ),
      ),
    }),
    PAIRS.embedded,
  );

const TIGHT = { firstOutputMs: [500, 600, 700], bytesPerSecond: 500_000 };

test('sooner and with more bytes: holds, by the two ends of the intervals', () => {
  const finding = decide({
    10000: { firstOutputMs: [900, 1_200, 1_500], bytesPerSecond: 5_000 },
    100: TIGHT,
    1000: { firstOutputMs: [100, 200, 300], bytesPerSecond: 50_000 },
  });
  expect(finding.verdict).toBe('holds');
  expect(finding.because).toBe(
    'At 0.100 s the first new output comes 0.600 s after a kill and checkpoints write 500 kB a second; at 10.0 s, 1.20 s and 5.00 kB a second.',
  );
  expect(finding.figures).toHaveLength(9);
  expect(finding.conditions.join()).toContain('from 0.100 s to 10.0 s');
});

test('only the bytes, or only the time: holds in part', () => {
  const wide = { firstOutputMs: [550, 650, 750], bytesPerSecond: 5_000 };
  expect(decide({ 100: TIGHT, 10000: wide }).verdict).toBe('in-part');
  const late = { firstOutputMs: [5_000, 6_000], bytesPerSecond: 500_000 };
  expect(decide({ 100: TIGHT, 10000: late }).verdict).toBe('in-part');
});

test('neither: does not hold here', () => {
  expect(decide({ 100: TIGHT, 10000: TIGHT }).verdict).toBe('not-here');
});

test('one interval, two near each other, or nothing known of bytes: not measured', () => {
  expect(decide({ 100: TIGHT, 500: TIGHT })).toMatchObject({
    verdict: 'not-measured',
    because: expect.stringContaining('from 0.100 s to 0.500 s alone'),
  });
  expect(decide({ 100: TIGHT }).verdict).toBe('not-measured');
  expect(decide({ 100: TIGHT, 10000: { firstOutputMs: [5_000] } }).verdict).toBe('not-measured');
});
