import fc from 'fast-check';
import { expect, test } from 'vitest';
import { constantRate } from '../replay/index.ts';
import { countStarts, LiveSeconds } from './live-seconds.ts';
import type { SecondSummary } from './observation.ts';
import { SampleColumns } from './sample-columns.ts';

const RATE_PER_SECOND = 40;
const START_US = 3_000_000;
const dueUs = (sequence: number): number => START_US + (sequence * 1e6) / RATE_PER_SECOND;

/** Some inputs, each the start of no, one or several samples, and the latency of each sample. */
const runs = fc.array(fc.array(fc.integer({ min: 0, max: 3_000_000 }), { maxLength: 3 }), {
  minLength: 1,
  maxLength: 200,
});

test('what was told of each second, last, is what the samples due in it come to', () => {
  fc.assert(
    fc.property(runs, fc.integer({ min: 1, max: 50 }), (latenciesUs, step) => {
      const samples = latenciesUs
        .flatMap((latencies, sequence) => latencies.map((latencyUs) => ({ sequence, latencyUs })))
        .sort((a, b) => dueUs(a.sequence) + a.latencyUs - dueUs(b.sequence) - b.latencyUs);
      const starts = countStarts(
        Uint32Array.from(samples, ({ sequence }) => sequence),
        latenciesUs.length,
      );
      const live = new LiveSeconds(constantRate(RATE_PER_SECOND), START_US, starts);
      const columns = new SampleColumns(samples.length, { emitted: false, appended: false });
      const told: SecondSummary[] = [];
      const listen = (nowUs: number): void => {
        for (const summary of live.update(columns, nowUs)) told[summary.second] = summary;
      };
      for (const [index, { sequence, latencyUs }] of samples.entries()) {
        columns.arrivalUs = dueUs(sequence) + latencyUs;
        columns.push(sequence);
        if (index % step === 0) listen(columns.arrivalUs);
      }
      listen(START_US + 60e6);
      const seconds = Math.floor((latenciesUs.length - 1) / RATE_PER_SECOND) + 1;
      const expected = Array.from({ length: seconds }, (_, second) => {
        const due = samples.filter(({ sequence }) => Math.floor(sequence / RATE_PER_SECOND) === second);
        const maxUs = due.length === 0 ? null : Math.max(...due.map(({ latencyUs }) => latencyUs));
        return {
          second,
          expected: due.length,
          samples: due.length,
          maxUs: maxUs && expect.closeTo(maxUs, 3),
        };
      });
      expect(told).toMatchObject(expected);
      expect(live.update(columns, START_US + 61e6)).toEqual([]);
    }),
    { numRuns: 50 },
  );
});

test('a second that has begun is told of before it has samples, and those after the schedule are not', () => {
  const columns = new SampleColumns(100, { emitted: false, appended: false });
  const live = new LiveSeconds(constantRate(RATE_PER_SECOND), START_US, new Uint32Array(100).fill(1));
  expect(live.update(columns, START_US - 1)).toEqual([]);
  expect(
    live.update(columns, START_US + 1_500_000).map(({ second, expected }) => [second, expected]),
  ).toEqual([
    [0, 40],
    [1, 40],
  ]);
  expect(live.update(columns, START_US + 9e6).map(({ second, expected }) => [second, expected])).toEqual([
    [2, 20],
  ]);
});

test('more samples than expected are refused', () => {
  const columns = new SampleColumns(1, { emitted: true, appended: true });
  columns.push(0);
  expect(() => columns.push(1)).toThrow('more than the 1 samples');
});
