import { expect, test } from 'vitest';
import { PAIRS } from '../claim.ts';
import { cell, latencyRun, syntheticEvidence, wrong } from '../testing/index.ts';
import { G15 } from './g15-event-patterns.ts';

const PATTERNS = ['login-pattern', 'velocity-burst'].map((name) =>
  cell('event', [latencyRun(5_000, { p50Ms: 9, p99Ms: 30 })], { workload: `./workloads/examples/${name}` }),
);
const FUNCTIONS = [
  cell('event', [latencyRun(5_000, { p50Ms: 8, p99Ms: 25 })], { workload: 'login-tracker' }),
  cell('micro-batch', [latencyRun(5_000, { p50Ms: 320, p99Ms: 600 })], { workload: 'login-tracker' }),
];

const decide = (patterns: typeof PATTERNS, functions: typeof FUNCTIONS, batch: readonly string[]) =>
  G15.decide(
    syntheticEvidence(
      { 'event-patterns': patterns, 'login-functions': functions },
      { event: ['pattern', 'keyed-process'], 'micro-batch': batch },
    ),
    PAIRS.embedded,
  );

test('a function per key finds five in a row: holds in part', () => {
  const finding = decide(PATTERNS, FUNCTIONS, ['keyed-process']);
  expect(finding.verdict).toBe('in-part');
  expect(finding.because).toContain('with a median of 320 ms');
  expect(finding.figures.map(({ engine, label }) => `${engine} ${label}`)).toEqual([
    'event p50, login-pattern',
    'event p99, login-pattern',
    'event p50, velocity-burst',
    'event p99, velocity-burst',
    'micro-batch p50, login-tracker',
    'micro-batch p99, login-tracker',
    'event p50, login-tracker',
    'event p99, login-tracker',
  ]);
});

test('neither patterns nor functions: holds; patterns on both sides: does not hold here', () => {
  expect(decide(PATTERNS, [], []).verdict).toBe('holds');
  expect(decide(PATTERNS, FUNCTIONS, ['keyed-process', 'pattern']).verdict).toBe('not-here');
});

test('a pattern or a function that did not run, or whose alerts were wrong: not measured', () => {
  expect(decide(PATTERNS.slice(1), FUNCTIONS, ['keyed-process']).verdict).toBe('not-measured');
  expect(decide(PATTERNS, [], ['keyed-process'])).toMatchObject({
    verdict: 'not-measured',
    because: 'No figures of login-functions: not run, or every run was refused.',
  });
  const false_ = PATTERNS.map((each) => ({ ...each, runs: each.runs.map(wrong) }));
  expect(decide(false_, FUNCTIONS, ['keyed-process']).verdict).toBe('not-measured');
});

test('a real system that this project runs no pattern on: not measured, beside what functions do there', () => {
  const flink = (experiments: Parameters<typeof syntheticEvidence>[0]) =>
    G15.decide(syntheticEvidence(experiments, { flink: ['keyed-process'] }), PAIRS.real);
  expect(flink({})).toMatchObject({
    verdict: 'not-measured',
    because: expect.stringContaining('no pattern on flink'),
    figures: [],
  });
  const functions = (['flink', 'spark'] as const).map((engine) =>
    cell(engine, [latencyRun(5_000, { p50Ms: 300, p99Ms: 600 })], { workload: 'login-tracker' }),
  );
  expect(flink({ 'login-functions': functions })).toMatchObject({
    verdict: 'not-measured',
    because: expect.stringContaining('on flink and on spark, every alert right'),
    figures: [{ engine: 'flink' }, { engine: 'flink' }, { engine: 'spark' }, { engine: 'spark' }],
  });
});
