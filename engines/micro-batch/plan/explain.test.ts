import { expect, test } from 'vitest';
import { count, dataflow, sum } from '../../pipeline/index.ts';
import { explainDataflow } from './explain.ts';

const SCHEMA = { region: 'utf8', amount: 'int64', timeMs: 'int64', note: 'utf8' } as const;
const WATERMARK = { field: 'timeMs', delayMs: 100, idleTimeoutMs: 1, alignmentMaxDriftMs: 1 } as const;
const source = () =>
  dataflow('test').source({ input: 'input', schema: SCHEMA, deadLetterOutput: 'dead-letter' });

test('three plans and what each rule changed, in the layout of Spark', () => {
  const explained = explainDataflow(
    source()
      .filter({
        kind: 'and',
        conditions: [
          { kind: 'comparison', field: 'note', operator: '!=', value: 'test' },
          { kind: 'comparison', field: 'amount', operator: '>', value: 0 },
        ],
      })
      .withWatermark(WATERMARK)
      .keyBy('region')
      .window({ type: 'tumbling', sizeMs: 1000, offsetMs: 0 }, { kind: 'count' })
      .aggregate({ sales: count(), total: sum('amount') }, { emit: 'final' })
      .sink('output'),
  );
  expect(explained).toMatchInlineSnapshot(`
    "== Analyzed Logical Plan ==
    Sink output
    +- Aggregate by [region, window(tumbling, sizeMs 1000, offsetMs 0)], [count() AS sales, sum(amount) AS total], append mode
       +- Watermark timeMs, delay 100 ms, row by row
          +- Filter ((note != 'test') and (amount > 0))
             +- Source input [region: utf8, amount: int64, timeMs: int64, note: utf8]

    == Optimized Logical Plan ==
    Sink output
    +- Aggregate by [region, window(tumbling, sizeMs 1000, offsetMs 0)], [count() AS sales, sum(amount) AS total], append mode, partial per partition
       +- Watermark timeMs, delay 100 ms, maximum of the column
          +- Source input [region: utf8, amount: int64, timeMs: int64], only where ((note != 'test') and (amount > 0))

    == Physical Plan ==
    WriteBatch output
    +- FinalAggregate by [region, window(tumbling, sizeMs 1000, offsetMs 0)], [count() AS sales, sum(amount) AS total], append mode, with state
       +- Exchange groups by key hash, to the state partitions
          +- PartialAggregate
             +- ColumnMaximum timeMs
                +- DecodeJson input [region, amount, timeMs], PushedFilters: [((note != 'test') and (amount > 0))]

    == Rules ==
    push-conditions: filters that are data go below the decoding
      - Filter ((note != 'test') and (amount > 0))
      - Source input [region: utf8, amount: int64, timeMs: int64, note: utf8]
      + Source input [region: utf8, amount: int64, timeMs: int64, note: utf8], only where ((note != 'test') and (amount > 0))
    watermark-from-column: the watermark is the maximum of a column
      - Watermark timeMs, delay 100 ms, row by row
      + Watermark timeMs, delay 100 ms, maximum of the column
    fuse-rows: changed nothing
    prune-columns: columns that nothing reads are not kept
      - Source input [region: utf8, amount: int64, timeMs: int64, note: utf8], only where ((note != 'test') and (amount > 0))
      + Source input [region: utf8, amount: int64, timeMs: int64], only where ((note != 'test') and (amount > 0))
    partial-aggregation: each partition aggregates before the exchange
      - Aggregate by [region, window(tumbling, sizeMs 1000, offsetMs 0)], [count() AS sales, sum(amount) AS total], append mode
      + Aggregate by [region, window(tumbling, sizeMs 1000, offsetMs 0)], [count() AS sales, sum(amount) AS total], append mode, partial per partition
    "
  `);
});

test('a filter that is a function is said to stay above decoding', () => {
  const explained = explainDataflow(
    source()
      .filter((row) => row.amount > 0)
      .map({ region: 'utf8', twice: 'int64' }, ({ region, amount }) => ({ region, twice: 2 * amount }))
      .keyBy('region')
      .aggregate({ total: sum('twice') }, { emit: 'changes' })
      .sink('output'),
  );
  const [logical, optimised, physical] = explained.split('\n\n');
  expect(logical).toContain('Filter (row) => row.amount > 0 (a function: not pushed down)');
  expect(optimised).toContain('RowPass filter (row) => row.amount > 0 (a function: not pushed down); map');
  expect(physical).toContain('DecodeJson input [region, amount, timeMs, note]');
});
