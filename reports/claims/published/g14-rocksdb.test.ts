import { expect, test } from 'vitest';
import { PAIRS } from '../claim.ts';
import { cell, drainRun, refused, syntheticEvidence } from '../testing/index.ts';
import { G14 } from './g14-rocksdb.ts';

const MEMORY = cell('spark', [drainRun(60_000)], { settings: { stateStore: 'memory' } });
const ROCKSDB = cell('spark', [drainRun(30_000)], { settings: { stateStore: 'rocksdb' } });

test('a backlog drained with state in RocksDB: out of date', () => {
  const finding = G14.decide(syntheticEvidence({ 'external-state': [MEMORY, ROCKSDB] }), PAIRS.real);
  expect(finding).toMatchObject({
    verdict: 'out-of-date',
    because:
      'spark worked off a backlog with its state in RocksDB at 30,000 events/s, 0.500 times the rate with state in memory.',
  });
  const embedded = cell('micro-batch', [drainRun(90_000)], { settings: { stateProvider: 'rocksdb' } });
  const alone = G14.decide(syntheticEvidence({ 'external-state': [embedded] }), PAIRS.embedded);
  expect(alone).toMatchObject({ verdict: 'out-of-date', figures: [{ engine: 'micro-batch' }] });
});

test('no such run, or a refused one: not measured', () => {
  const refusals = { ...ROCKSDB, runs: ROCKSDB.runs.map(refused) };
  for (const cells of [[], [MEMORY], [MEMORY, refusals]]) {
    expect(G14.decide(syntheticEvidence({ 'external-state': cells }), PAIRS.real).verdict).toBe(
      'not-measured',
    );
  }
});
