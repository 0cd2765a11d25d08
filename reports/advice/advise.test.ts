import { expect, test } from 'vitest';
import { cell, latencyRun, wrong } from '../claims/testing/index.ts';
import { asked, CHEAP, FAST, measured } from './testing/index.ts';

const nameOf = (judged: { configuration: { name: string } } | null | undefined) =>
  judged?.configuration.name ?? null;

test('what alone meets the limit is recommended, with the figure, its range, its file and what is left', () => {
  const advice = asked({}, FAST, CHEAP);
  if (advice.kind !== 'recommended') throw new Error(advice.kind);
  expect(nameOf(advice.choice)).toBe('event-driven');
  expect(advice.decidedBy).toEqual([{ kind: 'only-one' }]);
  expect(advice.runnerUp).toBeNull();
  expect(advice.confidence).toBe('few-runs');
  expect(advice.choice.checks[1]).toEqual({
    status: 'met',
    requirement: { kind: 'latency', percentile: 99, limit: 100, unit: 'ms' },
    reading: {
      estimate: { median: 22, low: 20, high: 24, count: 3 },
      basis: { kind: 'measured', ratePerSecond: 5_000 },
      neverSteady: false,
      files: ['result-0.json'],
    },
    headroom: 0.76,
  });
  expect(advice.rejected.map((one) => [nameOf(one), one.checks[1]])).toEqual([
    ['micro-batch', expect.objectContaining({ status: 'missed', factor: 5.4, surely: true })],
  ]);
  expect(advice.neverMeasured).toEqual(['flink', 'spark']);
});

test('of two that meet everything the cheaper one is recommended, and the other one has its price', () => {
  const advice = asked({ latencyLimits: [{ percentile: 99, limitMs: 1_000 }] }, FAST, CHEAP);
  if (advice.kind !== 'recommended') throw new Error(advice.kind);
  expect(nameOf(advice.choice)).toBe('micro-batch');
  expect(advice.decidedBy).toEqual([{ kind: 'cost' }]);
  expect(nameOf(advice.runnerUp?.candidate)).toBe('event-driven');
  expect(advice.runnerUp?.price).toContainEqual({ metric: 'cost', ratio: 51 / 11, apart: true });
  expect(advice.runnerUp?.price).toContainEqual({ metric: 'p99', ratio: 22 / 530, apart: true });
});

test('where the costs overlap, what leaves more of the limits is recommended', () => {
  const advice = asked(
    { latencyLimits: [{ percentile: 99, limitMs: 1_000 }] },
    measured('event', [20, 22, 24], [9, 11, 13]),
    CHEAP,
  );
  expect(advice).toMatchObject({
    kind: 'recommended',
    choice: { configuration: { engine: 'event' } },
    decidedBy: [{ kind: 'headroom' }],
  });
});

test('where nothing tells two apart, either will do', () => {
  const advice = asked({}, measured('event', [20, 30], [9, 11]), measured('micro-batch', [25, 35], [10, 12]));
  expect(advice).toMatchObject({
    kind: 'either',
    choices: [{ configuration: { engine: 'event' } }, { configuration: { engine: 'micro-batch' } }],
    because: ['cost-overlaps', 'headroom-overlaps'],
  });
  const unlimited = asked(
    { latencyLimits: [] },
    measured('event', [20, 30], [9, 11]),
    measured('micro-batch', [25, 35], [8, 12]),
  );
  expect(unlimited).toMatchObject({ kind: 'either', because: ['cost-overlaps', 'no-limit'] });
});

test('where each configuration misses something else, no limit is missed by all', () => {
  const advice = asked({ cpuSecondsPerMillion: 20 }, FAST, CHEAP);
  expect(advice).toMatchObject({ kind: 'none-meets', missedByAll: [] });
});

test('without the other model it is a recommendation of the one that was measured, and without an answer none of none', () => {
  expect(asked({}, FAST)).toMatchObject({ kind: 'recommended', confidence: 'one-model' });
  expect(asked({}, CHEAP)).toMatchObject({ kind: 'no-evidence', confidence: 'one-model' });
});

test('what lacks the workload or the guarantee is told apart', () => {
  expect(asked({ workload: 'login-tracker' }, FAST)).toMatchObject({
    kind: 'no-evidence',
    lacking: 'workload',
  });
  expect(asked({ guarantee: 'exactly-once', recoveryMs: 900 }, FAST)).toMatchObject({
    kind: 'no-evidence',
    lacking: 'guarantee',
    measure: { guarantee: 'exactly-once', measures: ['latency', 'recovery'] },
  });
});

test('a stronger guarantee than asked will do', () => {
  const exact = measured('event', [20], [50], { guarantee: 'exactly-once' });
  expect(asked({}, exact).kind).toBe('recommended');
});

test('the runner-up is the best of the other model, where one of it meets everything', () => {
  const advice = asked(
    { latencyLimits: [{ percentile: 99, limitMs: 1_000 }] },
    FAST,
    CHEAP,
    measured('micro-batch', [400, 410], [20, 21], { profile: 'tuned-latency' }),
  );
  expect(advice).toMatchObject({
    choice: { configuration: { engine: 'micro-batch', profile: 'default' } },
    runnerUp: { candidate: { configuration: { engine: 'event' } } },
  });
});

test('a need that only one model has decides, and names what the others lack', () => {
  const advice = asked(
    { needs: ['pattern'], latencyLimits: [{ percentile: 99, limitMs: 900 }] },
    FAST,
    CHEAP,
  );
  expect(advice).toMatchObject({
    kind: 'recommended',
    choice: { configuration: { engine: 'event' } },
    confidence: 'few-runs',
    decidedBy: [{ kind: 'capability', model: 'event-driven', needs: ['pattern'] }, { kind: 'only-one' }],
    excluded: [
      { engine: 'micro-batch', lacks: ['pattern'] },
      { engine: 'flink', lacks: ['pattern'] },
      { engine: 'spark', lacks: ['pattern'] },
    ],
  });
  expect(asked({ needs: ['teleport'] }, FAST)).toMatchObject({
    kind: 'none-meets',
    nearest: null,
    confidence: 'none',
  });
});

test('the estate and batch on the same code decide between what meets everything, and override no limit', () => {
  const lenient = { latencyLimits: [{ percentile: 99, limitMs: 1_000 }] } as const;
  expect(asked({ ...lenient, estate: 'flink' }, FAST, CHEAP)).toMatchObject({
    choice: { configuration: { engine: 'event' } },
    decidedBy: [{ kind: 'wish', wishes: ['estate'] }],
    runnerUp: { candidate: { configuration: { engine: 'micro-batch' } } },
  });
  expect(asked({ estate: 'spark', batchOnSameCode: true }, FAST, CHEAP)).toMatchObject({
    choice: { configuration: { engine: 'event' } },
  });
  expect(asked({ ...lenient, estate: 'flink', batchOnSameCode: true }, FAST, CHEAP)).toMatchObject({
    choice: { configuration: { engine: 'event' } },
    decidedBy: [{ kind: 'wish', wishes: ['estate'] }],
  });
});

test('a dominated configuration gives way even where its cost alone does not tell', () => {
  const advice = asked(
    {},
    measured('event', [20, 22], [10, 12]),
    measured('event', [40, 42], [11, 13], { profile: 'tuned-throughput' }),
  );
  expect(advice).toMatchObject({
    kind: 'recommended',
    decidedBy: [{ kind: 'only-one' }],
    choice: { configuration: { profile: 'default' } },
    runnerUp: { candidate: { configuration: { profile: 'tuned-throughput' } } },
  });
});

test('of one setup on several logs one stands for all: that nearest to the keys asked', () => {
  const logs = [1_000, 50_000, 1_000_000].map((keys) =>
    cell('event', [latencyRun(5_000, { p99Ms: 20, keys })], { settings: { keys } }),
  );
  const keysOf = (keys: number | null) => {
    const advice = asked({ keys }, ...logs);
    return advice.kind === 'recommended' ? advice.choice.configuration.keys : advice.kind;
  };
  expect([null, 500, 2_000].map(keysOf)).toEqual([1_000_000, 1_000, 50_000]);
});

test('a configuration whose output was wrong is never advised', () => {
  const run = latencyRun(5_000, { p99Ms: 20 });
  const advice = asked({}, cell('event', [run, wrong(run)]));
  expect(advice.kind).toBe('no-evidence');
  expect(advice.wrong.map(({ engine }) => engine)).toEqual(['event']);
});
