import { expect, test } from 'vitest';
import type { LiveFigures } from '../../run/index.ts';
import { type LiveSight, liveLines, widthOf } from './live-lines.ts';

const second = (index: number, samples: number) => ({
  second: index,
  expected: 1_000,
  samples,
  p50Us: 3_120,
  p99Us: 8_900 + index,
  maxUs: 12_000,
});

const play = (
  elapsedMs: number,
  due: number,
  acknowledged: number,
  seconds = [second(0, 1_000), second(1, 1_000), second(2, 400)],
): LiveFigures => ({
  kind: 'play',
  elapsedMs,
  due,
  acknowledged,
  seconds,
});

const state = {
  title: '[1/2] merchant-spend, event: latency',
  phase: 'measuring',
  phaseSinceMs: 1_000,
  plannedMs: 30_000,
  kills: null,
} as const;
const sight: LiveSight = { state, nowMs: 5_000, figures: null, before: null };
const style = { columns: 100, colour: false };

test('phase, its time, what runs; rates over the last looks; latency of the last whole second; lag of what is due', () => {
  const figures = play(2_500, 2_500, 2_480);
  const before = play(500, 500, 490);
  expect(liveLines({ ...sight, figures, before }, style)).toEqual([
    'measuring 4 s of 30 s  [1/2] merchant-spend, event: latency',
    'offered 1,000/s  held 995/s  p50 3.12 ms  p99 8.9 ms (second 1)  lag 100',
  ]);
});

test('kills so far, and no figures before there are any', () => {
  const recovering = {
    ...state,
    phase: 'recovering',
    plannedMs: null,
    kills: { sent: 1, planned: 3 },
  } as const;
  expect(liveLines({ ...sight, state: recovering }, style)).toEqual([
    'recovering 4 s  [1/2] merchant-spend, event: latency',
    'kills 1 of 3',
  ]);
  expect(liveLines(sight, style)).toHaveLength(1);
  expect(liveLines({ ...sight, figures: play(-10, 0, 0, []) }, style)[1]).toBe(
    'offered -  held -  p50 -  p99 -  lag 0',
  );
});

test('a drain', () => {
  const figures = { kind: 'drain', elapsedMs: 2_000, committed: 4_000, total: 10_000 } as const;
  expect(liveLines({ ...sight, figures }, style)[1]).toBe('drained 40 %  rate 2,000/s  lag 6,000');
});

test.each([200, 40, 20, 5, 1])('no line reaches column %i, whatever a name holds', (columns) => {
  const title = '\u001b[2J\u001b]0;x\u0007 名前\r\n\t‮😀 '.repeat(100);
  const lines = liveLines(
    { ...sight, state: { ...state, title }, figures: play(1, 1, 1) },
    { columns, colour: false },
  );
  for (const line of lines) {
    expect(widthOf(line)).toBeLessThan(columns);
    expect(line).not.toMatch(/\p{C}/u);
  }
});

test('colour changes no cell', () => {
  const figures = play(1, 1, 1);
  const widths = (colour: boolean) => liveLines({ ...sight, figures }, { columns: 30, colour }).map(widthOf);
  expect(widths(true)).toEqual(widths(false));
  expect(liveLines(sight, { columns: 30, colour: true })[0]).toContain('\u001b[1m');
});
