import { expect, test } from 'vitest';
import { estimateOf } from '../../evidence/index.ts';
import { shareBelow } from '../../model/index.ts';
import {
  cell,
  drainRun,
  failed,
  latencyRun,
  recoveryRun,
  refused,
  sustainRun,
  syntheticEvidence,
  wrong,
} from './index.ts';

const found = (cells: Parameters<typeof syntheticEvidence>[0][string]) => {
  const [configuration] = syntheticEvidence({ one: cells }).experiment('one')?.evidence.configurations ?? [];
  if (configuration === undefined) throw new Error('a configuration should be there');
  return configuration;
};

test('a latency is found again as it was given, and in the histogram', () => {
  const runs = [40, 60, 50].map((p99Ms) => latencyRun(1_000, { minMs: 3, p50Ms: 20, p99Ms }));
  const [point] = found([cell('event', runs)]).latencies;
  expect(point).toMatchObject({ ratePerSecond: 1_000, minMs: estimateOf([3, 3, 3]), from: 'run' });
  expect(point?.p99Ms).toEqual({ median: 50, low: 40, high: 60, count: 3 });
  const { figures } = latencyRun(1_000, { minMs: 3, shareAtMinimum: 0.25, p50Ms: 20 });
  expect(figures && shareBelow(figures.latency, 19_000)).toBeCloseTo(0.25, 6);
});

test('drains, searches and recoveries are found again as they were given', () => {
  const configuration = found([
    cell('micro-batch', [
      drainRun(200_000, { events: 1_000_000 }),
      sustainRun(80_000, { limitedBy: 'driver', curve: { '0.8': { p50Ms: 100, p99Ms: 300 } } }),
      recoveryRun([{ caughtUpMs: 2_000 }, { caughtUpMs: 3_000 }], { bytesPerSecond: 500, keys: 1_000 }),
    ]),
  ]);
  expect(configuration.drains).toMatchObject([{ events: 1_000_000, ratePerSecond: { median: 200_000 } }]);
  expect(configuration.searches).toMatchObject([{ ratePerSecond: { median: 80_000 }, isLowerBound: true }]);
  expect(configuration.latencies).toMatchObject([
    { ratePerSecond: 64_000, p99Ms: { median: 300 }, from: 'curve' },
  ]);
  expect(configuration.recoveries).toMatchObject([
    { kills: 2, caughtUpMs: { median: 2_500 }, bytesPerSecond: { median: 500 } },
  ]);
});

test('refused, wrong and failed runs are counted and carry no figure', () => {
  const run = latencyRun(1_000, { p99Ms: 50 });
  const configuration = found([cell('event', [refused(run), wrong(run), failed(run)])]);
  expect(configuration.latencies).toEqual([]);
  expect(configuration.runs).toEqual({ passed: 0, refused: 2, wrong: 1 });
});

test('an experiment that is not named was not run, and an engine has the capabilities that are given', () => {
  const evidence = syntheticEvidence({}, { event: ['pattern'] });
  expect(evidence.experiment('one')).toBeNull();
  expect([...evidence.capabilitiesOf('event')]).toEqual(['pattern']);
  expect(evidence.capabilitiesOf('spark').size).toBe(0);
});
