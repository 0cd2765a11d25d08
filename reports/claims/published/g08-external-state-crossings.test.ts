import { expect, test } from 'vitest';
import { PAIRS } from '../claim.ts';
import { cell, drainRun, refused, syntheticEvidence } from '../testing/index.ts';
import { G8 } from './g08-external-state-crossings.ts';

/** What one batch of 20,000 records told. */
const BATCHES = {
  ...{ batches: 1, withoutInput: 0, fellBehind: 0, inputRows: 20_000, outputRows: 18_000 },
  ...{ meanMs: 100, longestMs: 100, stateRows: 18_000, rowsDroppedByWatermark: 0 },
  newest: [{ numInputRows: 20_000, stateOperators: [{ numRowsUpdated: 18_000 }] }],
};

const drained = (settings: Record<string, string>, rates: readonly number[], batches = BATCHES) =>
  cell(
    'micro-batch',
    rates.map((rate) => drainRun(rate, { keys: 100_000, cpuSecondsPerMillion: 1e6 / rate, batches })),
    { settings },
  );

const stateIn = ({ eachKey, together }: { eachKey: readonly number[]; together: readonly number[] }) =>
  syntheticEvidence({
    'external-state': [
      drained({ stateProvider: 'memory' }, [190_000, 200_000, 210_000]),
      drained({ stateProvider: 'rocksdb' }, [90_000, 100_000, 110_000]),
      drained({ stateProvider: 'redis', redisCrossings: 'pipelined' }, together),
      drained({ stateProvider: 'redis', redisCrossings: 'each-key' }, eachKey),
    ],
  });

const decide = (known: Parameters<typeof stateIn>[0]) => G8.decide(stateIn(known), PAIRS.embedded);

test('a store that is slow key by key and not with the keys of a batch together: holds in part', () => {
  const finding = decide({ eachKey: [9_000, 10_000, 11_000], together: [90_000, 100_000, 110_000] });
  expect(finding.verdict).toBe('in-part');
  expect(finding.because).toContain('20.0 times as long for the backlog as memory');
  const figure = (label: string) => finding.figures.find((each) => each.label === label)?.estimate;
  expect(figure('drain, state in Redis, key by key')).toEqual({
    ...{ median: 10_000, low: 9_000, high: 11_000, count: 3 },
  });
  expect(figure('CPU of the engine per event, state in memory')?.median).toBe(5);
  expect(figure('time, Redis key by key to memory')).toMatchObject({ median: 20, low: 190 / 11 });
  expect(figure('crossings per event, key by key')?.median).toBeCloseTo(1.8, 9);
});

test('a store that is slow however it is asked: holds', () => {
  const rates = [9_000, 10_000, 11_000];
  expect(decide({ eachKey: rates, together: [9_500, 10_100, 11_500] }).verdict).toBe('holds');
});

test('a store that costs nothing key by key: does not hold here', () => {
  const rates = [185_000, 195_000, 205_000];
  expect(decide({ eachKey: rates, together: rates }).verdict).toBe('not-here');
});

test('batches that do not tell their keys leave out the crossings', () => {
  const evidence = syntheticEvidence({
    'external-state': [
      drained({ stateProvider: 'memory' }, [200_000]),
      drained({ stateProvider: 'redis', redisCrossings: 'pipelined' }, [100_000]),
      drained({ stateProvider: 'redis', redisCrossings: 'each-key' }, [10_000], {
        ...BATCHES,
        newest: [{ numInputRows: 'many' }] as never,
      }),
    ],
  });
  const { verdict, figures } = G8.decide(evidence, PAIRS.embedded);
  expect(verdict).toBe('in-part');
  expect(figures.some(({ label }) => label.startsWith('crossings'))).toBe(false);
});

test('without Redis, with refused runs alone, and on Spark: not measured', () => {
  const memory = drained({ stateProvider: 'memory' }, [200_000]);
  const eachKey = drained({ stateProvider: 'redis', redisCrossings: 'each-key' }, [10_000]);
  const together = drained({ stateProvider: 'redis', redisCrossings: 'pipelined' }, [100_000]);
  const verdict = (cells: (typeof memory)[]) =>
    G8.decide(syntheticEvidence({ 'external-state': cells }), PAIRS.embedded).verdict;
  expect(verdict([memory])).toBe('not-measured');
  expect(verdict([memory, together, { ...eachKey, runs: eachKey.runs.map(refused) }])).toBe('not-measured');
  const spark = cell('spark', [drainRun(50_000)], { settings: { stateStore: 'memory' } });
  const real = G8.decide(syntheticEvidence({ 'external-state': [spark] }), PAIRS.real);
  expect(real).toMatchObject({
    verdict: 'not-measured',
    because: expect.stringContaining('Spark brings no'),
  });
});
