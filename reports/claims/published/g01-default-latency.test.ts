import { expect, test } from 'vitest';
import { PAIRS } from '../claim.ts';
import {
  cell,
  failed,
  latencyRun,
  refused,
  sides,
  syntheticEvidence,
  syntheticResult,
  wrong,
} from '../testing/index.ts';
import { G1 } from './g01-default-latency.ts';

const runs = (p99Ms: Readonly<Record<number, readonly number[]>>) =>
  Object.entries(p99Ms).flatMap(([rate, values]) =>
    values.map((value) => latencyRun(Number(rate), { p50Ms: value / 2, p99Ms: value })),
  );
const EVENT = runs({ 1000: [20, 22, 24], 10000: [30, 32, 34] });
const BATCH = runs({ 1000: [520, 530, 540], 10000: [560, 570, 580] });

const decide = (event: typeof EVENT, batch: typeof BATCH, pair: keyof typeof PAIRS = 'embedded') =>
  G1.decide(syntheticEvidence({ 'default-latency': sides(pair, 'default', event, batch) }), PAIRS[pair]);

test.each(['embedded', 'real'] as const)('both in their ranges at both rates, %s: holds', (pair) => {
  const finding = decide(EVENT, BATCH, pair);
  expect(finding.verdict).toBe('holds');
  expect(finding.figures).toHaveLength(4);
  expect(finding.figures[0]).toEqual({
    side: 'event-driven',
    engine: PAIRS[pair]['event-driven'],
    label: 'p99, default, at 1,000/s',
    unit: 'ms',
    estimate: { median: 22, low: 20, high: 24, count: 3 },
    experiment: 'default-latency',
  });
});

test('below both ranges and in the order of the claim: holds in part', () => {
  const finding = decide(
    runs({ 1000: [5, 6, 7], 10000: [7, 8, 9] }),
    runs({ 1000: [300, 310, 320], 10000: [330, 340, 350] }),
  );
  expect(finding.verdict).toBe('in-part');
  expect(finding.because).toContain(
    'event-driven 6.00 ms (below its range), micro-batch 310 ms (below its range)',
  );
});

test('micro-batches that are faster: does not hold here', () => {
  const finding = decide(runs({ 1000: [900, 910, 920], 10000: [900, 910, 920] }), BATCH);
  expect(finding.verdict).toBe('not-here');
});

test.each([
  ['the experiment was not run', G1.decide(syntheticEvidence({}), PAIRS.embedded)],
  ['one side was not measured', decide(EVENT, [])],
  ['a rate is missing on one side', decide(EVENT, runs({ 1000: [520] }))],
  ['the runs of a side were refused', decide(EVENT, BATCH.map(refused) as typeof BATCH)],
  ['the runs of a side were wrong', decide(EVENT.map(wrong) as typeof EVENT, BATCH)],
  ['the runs of a side failed', decide(EVENT, BATCH.map(failed) as typeof BATCH)],
  [
    'the engines of the other pair were measured',
    G1.decide(
      syntheticEvidence({ 'default-latency': sides('embedded', 'default', EVENT, BATCH) }),
      PAIRS.real,
    ),
  ],
  [
    'another profile was measured',
    G1.decide(
      syntheticEvidence({ 'default-latency': sides('embedded', 'tuned-latency', EVENT, BATCH) }),
      PAIRS.embedded,
    ),
  ],
])('%s: not measured', (_, finding) => {
  expect(finding.verdict).toBe('not-measured');
  expect(finding.figures).toEqual([]);
});

test('what is missing is named', () => {
  expect(decide(EVENT, runs({ 1000: [520] })).because).toContain('micro-batch at 10,000/s (default-latency)');
});

test('conditions tell the settings, the floor, single runs and a latency that never became steady', () => {
  const settings = [
    { name: 'triggerIntervalMs', value: '500', source: 'default', systemDefault: '0' },
  ] as const;
  const unsteady = [1_000, 10_000].map((rate) => latencyRun(rate, { p99Ms: 600, neverSteady: true }));
  const result = syntheticResult([
    cell('flink', runs({ 1000: [20], 10000: [30] })),
    { ...cell('spark', unsteady), settings: [...settings] },
  ]);
  const { conditions } = G1.decide(syntheticEvidence({ 'default-latency': result }), PAIRS.real);
  expect(conditions).toContain('spark, default: triggerIntervalMs 500 (its own default: 0)');
  expect(conditions).toContain(
    'spark, default, at 1,000/s: measured after the longest warm-up, not yet steady',
  );
  expect(conditions).toContain('some figures are of one run: nothing is known of their spread');
  expect(conditions).toContain(
    'broker, engine, generator and observer on one machine: no network is crossed',
  );
});

test('a floor that was refused is left out, a sound one is told', () => {
  const distribution = latencyRun(1_000, { p50Ms: 4, p99Ms: 8 }).figures?.latency;
  if (distribution === undefined) throw new Error('the run should have figures');
  const floor = {
    ...{ workload: 'merchant-spend', offeredRatePerSecond: 1_000, latency: distribution, uncorrected: null },
    ...{ generatorLag: distribution, recordBytes: null, ceilingPerSecond: 400_000, remarks: [] },
  };
  const cells = sides('embedded', 'default', EVENT, BATCH);
  const told = (remarks: readonly { code: string; message: string; level: 'invalid' }[]) => {
    const result = { ...syntheticResult(cells), floors: [{ ...floor, remarks: [...remarks] }] };
    return G1.decide(syntheticEvidence({ 'default-latency': result }), PAIRS.embedded).conditions.join('\n');
  };
  expect(told([])).toContain('floor at 1,000/s');
  expect(told([{ code: 'RUN_MACHINE_BUSY', message: 'x', level: 'invalid' }])).not.toContain('floor at');
});
