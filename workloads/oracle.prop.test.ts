import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { getWorkload } from './all-workloads.ts';
import { type RecordedLog, WORKLOAD_NAMES, type WorkloadName } from './log/index.ts';
import type { Oracle } from './oracle.ts';
import { anyLog, deliver, type Model, modelOf } from './testing/index.ts';
import { OUTPUTS } from './workload.ts';

const RUNS = { numRuns: 25 };
type Result = Model['results'][number];

function oracleOf(log: RecordedLog): Oracle {
  const workload = getWorkload(log.specification.workload);
  return workload.oracle(log, workload.dataflowOptions(new Set(['late-side-output'])));
}

/** A stable sort by random numbers keeps the order within a key and mixes the keys. */
function shuffleKeys(results: readonly Result[], seed: number): Result[] {
  const keyOf = (result: Result): string => String(result.merchant ?? result.user ?? result.region);
  const queues = Map.groupBy(results, keyOf);
  const mixed: Result[] = [];
  let state = seed;
  while (queues.size > 0) {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0;
    const key = [...queues.keys()][state % queues.size] as string;
    const queue = queues.get(key) as Result[];
    mixed.push(queue.shift() as Result);
    if (queue.length === 0) queues.delete(key);
  }
  return mixed;
}

/** As an engine that merges the changes of a batch: of each merchant's results within a batch the last one. */
function mergeBatches(results: readonly Result[], batch: number): Result[] {
  const merged: Result[] = [];
  for (let start = 0; start < results.length; start += batch) {
    const last = new Map(results.slice(start, start + batch).map((result) => [result.merchant, result]));
    merged.push(...last.values());
  }
  return merged;
}

const anyWorkload = fc.constantFrom(...WORKLOAD_NAMES).chain((name) => anyLog(name));

describe('every oracle', () => {
  test('accepts the model’s answer in any order of keys, with exactly one sample for each input that calls for one', () => {
    fc.assert(
      fc.property(anyWorkload, fc.nat(), (log, seed) => {
        const model = modelOf(log);
        const oracle = oracleOf(log);
        const { verdicts, covered } = deliver(oracle, {
          ...model,
          results: shuffleKeys(model.results, seed),
        });
        expect(verdicts.filter((kind) => kind === 'covers')).toHaveLength(model.results.length);
        expect(verdicts.filter((kind) => kind === 'unmeasured')).toHaveLength(
          model.late.length + model.deadLetters.length,
        );
        expect(covered).toEqual([...oracle.sampleSequences].sort((left, right) => left - right));
        expect(covered).toHaveLength(oracle.expectedSamples);
        expect(oracle.expectedLateRecords).toBe(model.late.length);
        expect(oracle.expectedDeadLetters).toBe(model.deadLetters.length);
        expect(oracle.missing()).toEqual({ samples: 0, lateRecords: 0, deadLetters: 0 });
      }),
      RUNS,
    );
  });

  test('calls everything that comes again a repeat, and takes no sample of it', () => {
    fc.assert(
      fc.property(anyWorkload, (log) => {
        const model = modelOf(log);
        const oracle = oracleOf(log);
        deliver(oracle, model);
        const again = deliver(oracle, model);
        expect(new Set(again.verdicts)).toEqual(new Set(['repeat']));
        expect(again.covered).toEqual([]);
      }),
      RUNS,
    );
  });

  test('calls a result wrong when any one number or text of it differs', () => {
    fc.assert(
      fc.property(anyWorkload, fc.nat(), fc.constantFrom(-1, 1, 60, 300_000), (log, place, difference) => {
        const { results } = modelOf(log);
        const result = results[place % results.length] as Result;
        for (const [field, value] of Object.entries(result)) {
          const changed = typeof value === 'number' ? value + difference : `${value}x`;
          const text = JSON.stringify({ ...result, [field]: changed });
          const verdict = oracleOf(log).observe(OUTPUTS.result, Buffer.from(text), () => undefined);
          const isOtherRightAnswer = results.some((other) => JSON.stringify(other) === text);
          expect(verdict.kind === 'wrong', text).toBe(!isOtherRightAnswer);
        }
      }),
      RUNS,
    );
  });

  test('misses a lost result', () => {
    fc.assert(
      fc.property(
        fc.constantFrom<WorkloadName>('login-tracker', 'regional-revenue').chain(anyLog),
        fc.nat(),
        (log, place) => {
          const model = modelOf(log);
          fc.pre(model.results.length > 0);
          const oracle = oracleOf(log);
          deliver(oracle, { ...model, results: model.results.toSpliced(place % model.results.length, 1) });
          expect(oracle.missing().samples).toBe(1);
        },
      ),
      RUNS,
    );
  });

  test('misses a lost dead letter', () => {
    fc.assert(
      fc.property(anyWorkload, (log) => {
        const model = modelOf(log);
        fc.pre(model.deadLetters.length > 0);
        const oracle = oracleOf(log);
        deliver(oracle, { ...model, deadLetters: model.deadLetters.slice(1) });
        expect(oracle.missing()).toEqual({ samples: 0, lateRecords: 0, deadLetters: 1 });
      }),
      RUNS,
    );
  });
});

describe('merchant-spend', () => {
  test('takes as many samples from an engine that merges the changes of a batch', () => {
    fc.assert(
      fc.property(anyLog('merchant-spend'), fc.integer({ min: 1, max: 300 }), (log, batch) => {
        const model = modelOf(log);
        const oracle = oracleOf(log);
        const { covered } = deliver(oracle, { ...model, results: mergeBatches(model.results, batch) });
        expect(covered).toEqual([...oracle.sampleSequences].sort((left, right) => left - right));
      }),
      RUNS,
    );
  });

  test('misses the payments that only a merchant’s lost last result covered', () => {
    fc.assert(
      fc.property(anyLog('merchant-spend'), (log) => {
        const model = modelOf(log);
        const oracle = oracleOf(log);
        deliver(oracle, { ...model, results: model.results.slice(0, -1) });
        expect(oracle.missing().samples).toBe(1);
      }),
      RUNS,
    );
  });
});
