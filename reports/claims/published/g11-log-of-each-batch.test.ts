import { expect, test } from 'vitest';
import { PAIRS, type PairName } from '../claim.ts';
import { cell, latencyRun, refused, syntheticEvidence } from '../testing/index.ts';
import { G11 } from './g11-log-of-each-batch.ts';

const evidence = (engine: 'micro-batch' | 'spark', batches: readonly Record<string, number>[]) =>
  syntheticEvidence({
    'trigger-500': [
      cell(
        engine,
        batches.map((phasesMs) => latencyRun(1_000, { p50Ms: 300, phasesMs })),
      ),
    ],
  });

const verdict = (walCommit: number, addBatch: number, pair: PairName = 'embedded') =>
  G11.decide(evidence(PAIRS[pair]['micro-batch'], [{ walCommit, addBatch }]), PAIRS[pair]).verdict;

test('both logs count, by the names of either engine', () => {
  const embedded = G11.decide(
    evidence('micro-batch', [
      { walCommit: 4, read: 20, sink: 12, commitLog: 4 },
      { walCommit: 5, read: 20, sink: 10, commitLog: 5 },
    ]),
    PAIRS.embedded,
  );
  expect(embedded).toMatchObject({
    verdict: 'holds',
    because: 'Both logs take 9.00 ms of a batch, 22.5 % of its time.',
  });
  const real = G11.decide(
    evidence('spark', [{ walCommit: 100, addBatch: 700, commitOffsets: 200 }]),
    PAIRS.real,
  );
  expect(real.because).toBe('Both logs take 300 ms of a batch, 30.0 % of its time.');
});

test('the share decides', () => {
  expect(verdict(6, 94)).toBe('holds');
  expect(verdict(4, 96, 'real')).toBe('in-part');
  expect(verdict(0.5, 99.5)).toBe('not-here');
});

test('no run that passed, or none that tells of phases: not measured', () => {
  expect(G11.decide(syntheticEvidence({}), PAIRS.embedded).verdict).toBe('not-measured');
  expect(G11.decide(evidence('micro-batch', [{ read: 3 }]), PAIRS.embedded).verdict).toBe('not-measured');
  const run = latencyRun(1_000, { phasesMs: { walCommit: 1, addBatch: 1 } });
  const known = syntheticEvidence({ 'trigger-500': [cell('micro-batch', [refused(run)])] });
  expect(G11.decide(known, PAIRS.embedded).verdict).toBe('not-measured');
});
