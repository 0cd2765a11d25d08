import { expect, test } from 'vitest';
import { OWN_VALUE } from '../../reports/model/index.ts';
import { pipelineNamed, SUSTAIN_DEFAULTS } from '../run/index.ts';
import { matrixExample } from './example.ts';
import { type MatrixPlan, planMatrix } from './matrix-plan.ts';
import { parseMatrix } from './read-matrix.ts';

const plan = (text: string): Promise<MatrixPlan> => planMatrix(parseMatrix(text, 'm.yaml'), 'm.yaml');

/** Cells as `engine profile rate: measures`. */
const cellsOf = ({ cells }: MatrixPlan): string[] =>
  cells.map((cell) => `${cell.engine} ${cell.profile} ${cell.ratePerSecond}: ${cell.measures.join(' ')}`);

test('lists are multiplied, engines beside each other; what needs no rate runs at the first alone', async () => {
  const matrix = await plan(`
    workloads: [merchant-spend]
    rates: [1000, 2000]
    measures: [latency, drain]
    repeats: 2`);
  expect(cellsOf(matrix)).toEqual([
    'event default 1000: latency drain',
    'micro-batch default 1000: latency drain',
    'event default 2000: latency',
    'micro-batch default 2000: latency',
  ]);
  expect(matrix.runs).toHaveLength(12);
  expect(matrix.cells.map((cell) => cell.variables)).toEqual([
    { rate: '1000' },
    { rate: '1000' },
    { rate: '2000' },
    { rate: '2000' },
  ]);
});

test('a workload whose partitions all need records can be planned', async () => {
  const { cells } = await plan('{ workloads: [regional-revenue], engines: [event], measures: [drain] }');
  expect(cells).toHaveLength(1);
});

test('a drain alone runs once, however many rates there are', async () => {
  const matrix = await plan(
    '{ workloads: [merchant-spend], engines: [event], rates: [1, 2], measures: [drain] }',
  );
  expect(cellsOf(matrix)).toEqual(['event default 1: drain']);
});

test('a profile runs on the engines that it names, and what varies is noted with its value', async () => {
  const matrix = await plan(`
    workloads: [merchant-spend]
    measures: [latency]
    profiles: { default: {}, slow: { micro-batch: { triggerIntervalMs: 2000 } } }
    vary: [triggerIntervalMs]`);
  expect(cellsOf(matrix)).toEqual([
    'event default 5000: latency',
    'micro-batch default 5000: latency',
    'micro-batch slow 5000: latency',
  ]);
  const [event, byDefault, slow] = matrix.cells.map((cell) => cell.variables.triggerIntervalMs);
  expect([event, slow]).toEqual([undefined, '2000']);
  expect(byDefault).not.toBe('2000');
});

test('a setting that is own to each engine is a variable without a value, so that engines are ranked', async () => {
  const { cells } = await plan(`
    workloads: [merchant-spend]
    engines: [event, flink]
    measures: [latency]
    own: [bufferTimeoutMs]`);
  expect(cells.map(({ variables }) => variables)).toEqual([
    { bufferTimeoutMs: OWN_VALUE },
    { bufferTimeoutMs: OWN_VALUE },
  ]);
});

test('a built-in profile is what each engine brings under its name, beside one of the file', async () => {
  const { cells } = await plan(`
    workloads: [merchant-spend]
    engines: [event, spark]
    measures: [latency]
    profiles: { default: {}, tuned-latency: builtin, own: { event: { parallelism: 1 } } }`);
  expect(cells.map(({ engine, profile, settings }) => [engine, profile, settings])).toEqual([
    ['event', 'default', {}],
    ['spark', 'default', {}],
    ['event', 'tuned-latency', pipelineNamed('event').profiles['tuned-latency']],
    ['spark', 'tuned-latency', pipelineNamed('spark').profiles['tuned-latency']],
    ['event', 'own', { parallelism: 1 }],
  ]);
});

test('where a JVM takes part every cell may warm up for as long as it needs', async () => {
  const limitsOf = async (engines: string): Promise<unknown[]> =>
    (await plan(`{ workloads: [merchant-spend], engines: [${engines}] }`)).cells.map(
      ({ warmupMs, warmupLimitMs }) => [warmupMs, warmupLimitMs],
    );
  const [alone] = await limitsOf('event');
  const [event, flink] = await limitsOf('event, flink');
  expect(event).toEqual(flink);
  expect(event).not.toEqual(alone);
});

test('durations, knobs, kills and the heap reach the cells; what is not said is as in `run`', async () => {
  const matrix = await plan(`
    workloads: [{ workload: login-tracker, log: { keys: 50, partitions: 2 } }]
    engines: [event]
    warmupSeconds: 0.5
    durationSeconds: 3
    drainEvents: 5000
    kills: 4
    heapMb: 256
    seed: 9`);
  expect(matrix.cells).toEqual([
    expect.objectContaining({
      ...{ warmupMs: 500, durationMs: 3_000, drainEvents: 5_000, kills: 4, heapMb: 256, seed: 9 },
      ...{
        workload: 'login-tracker',
        faultTarget: 'process',
        given: new Set(['keys', 'inputPartitions', 'heapMb']),
      },
      log: expect.objectContaining({ keys: 50, partitions: 2, skew: expect.any(Number) }),
    }),
  ]);
});

test('a longest warm-up is never shorter than the shortest, and 0 makes warm-up a fixed time', async () => {
  const warmupOf = async (fields: string): Promise<unknown[]> => {
    const { cells } = await plan(`{ workloads: [merchant-spend], engines: [event], ${fields} }`);
    return cells.flatMap(({ warmupMs, warmupLimitMs }) => [warmupMs, warmupLimitMs]);
  };
  expect(await warmupOf('warmupSeconds: 60')).toEqual([60_000, 60_000]);
  expect(await warmupOf('warmupSeconds: 2, warmupLimitSeconds: 9')).toEqual([2_000, 9_000]);
  expect(await warmupOf('warmupSeconds: 2, warmupLimitSeconds: 0')).toEqual([2_000, null]);
});

test('a search takes what the file says and the defaults for the rest', async () => {
  const { cells, runs } = await plan(`
    workloads: [merchant-spend]
    engines: [event]
    rates: [1000, 2000]
    measures: [sustain]
    repeats: 1
    sustain: { slo: { percentile: 99, limitMs: 250 }, probeSeconds: 4 }`);
  expect(cells.map(({ sustain }) => sustain)).toEqual([
    { ...SUSTAIN_DEFAULTS, slo: { percentile: 99, limitMs: 250 }, probeMs: 4_000 },
  ]);
  expect(runs).toHaveLength(1);
});

test('noise asks for two repeats a comparison, of its measures alone', async () => {
  const { runs, noise } = await plan(`
    workloads: [merchant-spend]
    engines: [event]
    repeats: 3
    noise: { comparisons: 4, measures: [drain] }`);
  const repeats = (measure: string): number => runs.filter((run) => run.measure === measure).length;
  expect([repeats('latency'), repeats('drain'), noise]).toEqual([3, 8, true]);
});

test('the hash knows what runs, and nothing of how the file is written', async () => {
  const hashOf = async (text: string): Promise<string> => (await plan(text)).hash;
  const hash = await hashOf('workloads: [merchant-spend]\nheapMb: 512\nseed: 1');
  expect(await hashOf('# a comment\n{"heapMb": 512, "workloads": ["merchant-spend"]}')).toBe(hash);
  const changes = ['seed: 2', 'repeats: 6', 'attempts: 2', 'rates: [6000]', 'floors: false', 'kills: 2'];
  const others = await Promise.all(
    changes.map((change) => hashOf(`workloads: [merchant-spend]\nheapMb: 512\n${change}`)),
  );
  expect(new Set([hash, ...others]).size).toBe(changes.length + 1);
});

test.each([
  ['{ workloads: [w], engines: [event] }', 'WORKLOAD_'],
  ['{ workloads: [merchant-spend], vary: [speed] }', 'MATRIX_FILE_INVALID'],
  ['{ workloads: [merchant-spend], measures: [recovery], faultTarget: slot }', 'MATRIX_FILE_INVALID'],
  [
    '{ workloads: [merchant-spend], engines: [spark], guarantees: [exactly-once] }',
    'PIPELINE_CAPABILITY_MISSING',
  ],
  [
    '{ workloads: [merchant-spend], measures: [sustain], sustain: { from: 5, lowest: 10 } }',
    'MATRIX_FILE_INVALID',
  ],
  ['{ workloads: [merchant-spend], engines: [event], profiles: { p: { micro-batch: {} } } }', 'MATRIX_EMPTY'],
  [
    '{ workloads: [merchant-spend], profiles: { p: { event: { parallelsim: 2 } } } }',
    'PIPELINE_SETTING_INVALID',
  ],
  ['{ workloads: [{ workload: merchant-spend, log: { lateShare: 0.1 } }] }', 'WORKLOAD_KNOB_UNUSED'],
])('%s cannot be planned', async (text, code) => {
  await expect(plan(text)).rejects.toMatchObject({ code: expect.stringContaining(code), exit: 'usage' });
});

test('the example can be planned', async () => {
  const { cells } = await plan(matrixExample());
  expect(new Set(cells.map((cell) => cell.profile))).toEqual(new Set(['default', 'tuned-latency']));
});
