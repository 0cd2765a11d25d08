import { expect, test } from 'vitest';
import type { Cell } from '../../model/index.ts';
import { PAIRS } from '../claim.ts';
import { cell, recoveryRun, refused, syntheticEvidence } from '../testing/index.ts';
import { G9 } from './g09-checkpoints-recover-predictably.ts';

/** Seconds from kill to first new output, by number of keys. */
type Recoveries = Readonly<Record<number, readonly number[]>>;

const cells = (engine: Cell['engine'], recoveries: Recoveries) =>
  Object.entries(recoveries).map(([keys, seconds]) =>
    cell(engine, [
      recoveryRun(
        seconds.map((each) => ({ firstOutputMs: each * 1_000, caughtUpMs: each * 2_000 })),
        { keys: Number(keys), detection: `${engine} was told` },
      ),
    ]),
  );

const decide = (event: Recoveries, batch: Recoveries) =>
  G9.decide(
    syntheticEvidence({ 'recovery-by-state': [...cells('event', event), ...cells('micro-batch', batch)] }),
    PAIRS.embedded,
  );

const STEADY: Recoveries = { 1000: [1, 1.1, 1.2], 100000: [1.3, 1.4, 1.5] };

test('steadier at every size, and faster with the largest state: holds', () => {
  const finding = decide(STEADY, { 1000: [0.5, 0.7, 0.9], 100000: [3, 5, 7] });
  expect(finding.verdict).toBe('holds');
  expect(finding.because).toContain('first new output comes after 1.40 s and 5.00 s');
  expect(finding.conditions).toContain('micro-batch notices a failure by: micro-batch was told');
  const growth = finding.figures.filter(({ label }) => label.endsWith('largest over smallest state'));
  expect(growth.map(({ side }) => side)).toEqual(['event-driven', 'micro-batch']);
  expect(growth[1]?.estimate.median).toBeCloseTo(5 / 0.7, 9);
});

test('one of the two: holds in part', () => {
  expect(decide(STEADY, { 1000: [0.5, 0.7, 0.9], 100000: [0.5, 0.7, 0.9] }).verdict).toBe('in-part');
  expect(decide({ ...STEADY, 1000: [1, 9] }, { 1000: [1, 1.1], 100000: [5, 5.1] }).verdict).toBe('in-part');
});

test('neither steadier nor faster: does not hold here', () => {
  expect(decide({ 1000: [1, 3], 100000: [2, 5] }, { 1000: [1, 1.1], 100000: [1, 1.2] }).verdict).toBe(
    'not-here',
  );
});

test('the large state of its own experiment counts as the largest', () => {
  const evidence = syntheticEvidence({
    'recovery-by-state': [...cells('event', STEADY), ...cells('micro-batch', STEADY)],
    'recovery-large-state': [
      ...cells('event', { 1000000: [2, 2.1] }),
      ...cells('micro-batch', { 1000000: [9, 9.9] }),
    ],
  });
  const { because, figures } = G9.decide(evidence, PAIRS.embedded);
  expect(because).toContain('after 2.05 s and 9.45 s');
  expect(figures.some(({ experiment }) => experiment === 'recovery-large-state')).toBe(true);
});

test('one size, single kills, kills without an end, or one side alone: not measured', () => {
  expect(decide({ 1000: [1, 2] }, { 1000: [1, 2] }).verdict).toBe('not-measured');
  expect(decide({ 1000: [1], 100000: [1] }, STEADY).verdict).toBe('not-measured');
  expect(decide(STEADY, {}).verdict).toBe('not-measured');
  const endless = cells('micro-batch', STEADY).map((each) => ({
    ...each,
    runs: [recoveryRun([{ caughtUpMs: null }, { caughtUpMs: 3_000 }], { keys: 1_000 })],
  }));
  const lost = cells('micro-batch', STEADY).map((each) => ({ ...each, runs: each.runs.map(refused) }));
  for (const batch of [endless, lost]) {
    const evidence = syntheticEvidence({ 'recovery-by-state': [...cells('event', STEADY), ...batch] });
    expect(G9.decide(evidence, PAIRS.embedded).verdict).toBe('not-measured');
  }
});
