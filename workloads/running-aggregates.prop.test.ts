import fc from 'fast-check';
import { expect, test } from 'vitest';
import { count, max, min, sum } from '../engines/pipeline/index.ts';
import { assembleLog, type RecordedLog } from './log/index.ts';
import { runningAggregatesOracle } from './running-aggregates.ts';
import { OUTPUTS } from './workload.ts';

const JOB = {
  input: { page: 'utf8', ms: 'int64' },
  key: 'page',
  aggregates: { slowest: max('ms'), n: count(), total: sum('ms'), fastest: min('ms') },
} as const;

type View = { readonly page: string; readonly ms: number };
const anyView: fc.Arbitrary<View> = fc.record({
  page: fc.constantFrom('a', 'b', 'ü"\\', ''),
  ms: fc.integer({ min: -50, max: 50 }),
});
const anyRecord = fc.oneof(
  { weight: 9, arbitrary: anyView },
  { weight: 1, arbitrary: fc.constant(undefined) },
);

/** Records with a field beside those of the job; undefined is a record that is no view. */
function logOf(
  views: readonly (View | undefined)[],
  partitionOf: (view: View) => number = () => 0,
): RecordedLog {
  return assembleLog({
    workload: 'topic:views',
    partitions: 2,
    keys: ['any'],
    records: views.map((view, index) => ({
      partition: view === undefined ? 0 : partitionOf(view),
      key: 0,
      value: Buffer.from(view === undefined ? `broken ${index}` : JSON.stringify({ index, ...view })),
      dueUs: index,
    })),
  });
}

/** What an engine that puts out each change gives, by the plainest means. */
function resultsOf(views: readonly (View | undefined)[]) {
  const seen = new Map<string, number[]>();
  return views.flatMap((view) => {
    if (view === undefined) return [];
    const all = [...(seen.get(view.page) ?? []), view.ms];
    seen.set(view.page, all);
    const total = all.reduce((left, right) => left + right, 0);
    return [{ page: view.page, slowest: Math.max(...all), n: all.length, total, fastest: Math.min(...all) }];
  });
}

test('accepts the right answer once, with one sample a record, and calls it a repeat when it comes again', () => {
  fc.assert(
    fc.property(fc.array(anyRecord, { minLength: 1, maxLength: 60 }), (views) => {
      const oracle = runningAggregatesOracle(logOf(views), JOB);
      const covered: number[] = [];
      const observeAll = (): string[] =>
        resultsOf(views).map(
          (result) =>
            oracle.observe(OUTPUTS.result, Buffer.from(JSON.stringify(result)), (sequence) =>
              covered.push(sequence),
            ).kind,
        );
      expect(new Set(observeAll())).toEqual(new Set(oracle.expectedSamples > 0 ? ['covers'] : []));
      expect(covered.sort((left, right) => left - right)).toEqual(
        [...views.keys()].filter((index) => views[index]),
      );
      expect(oracle.missing()).toEqual({
        samples: 0,
        lateRecords: 0,
        deadLetters: views.filter((view) => view === undefined).length,
      });
      expect(new Set(observeAll())).toEqual(new Set(oracle.expectedSamples > 0 ? ['repeat'] : []));
    }),
    { numRuns: 100 },
  );
});

test('calls a result wrong when any one aggregate differs', () => {
  fc.assert(
    fc.property(fc.array(anyView, { minLength: 1, maxLength: 40 }), fc.nat(), (views, place) => {
      const results = resultsOf(views);
      const result = results[place % results.length] as (typeof results)[number];
      const known = new Set(results.map((other) => JSON.stringify(other)));
      for (const name of ['slowest', 'n', 'total', 'fastest'] as const) {
        const text = JSON.stringify({ ...result, [name]: result[name] + 1 });
        const verdict = runningAggregatesOracle(logOf(views), JOB).observe(
          OUTPUTS.result,
          Buffer.from(text),
          () => undefined,
        );
        expect(verdict.kind === 'wrong').toBe(!known.has(text));
      }
    }),
    { numRuns: 50 },
  );
});

test('refuses a log whose key stands in two partitions: the order of its records is open', () => {
  const log = logOf(
    [
      { page: 'a', ms: 1 },
      { page: 'a', ms: 2 },
    ],
    ({ ms }) => ms - 1,
  );
  expect(() => runningAggregatesOracle(log, JOB)).toThrow(
    expect.objectContaining({ code: 'WORKLOAD_KEY_IN_TWO_PARTITIONS' }),
  );
});
