import fc from 'fast-check';
import { expect, test } from 'vitest';
import { type Accumulator, layOutAggregates, mergeAccumulators } from './accumulators.ts';
import { PartialAggregation, type WindowShape } from './partial-aggregation.ts';
import { columnsOfRows } from './rows.ts';

const ACCUMULATORS: readonly Accumulator[] = [
  { operation: 'count' },
  { operation: 'sum', field: 'value' },
  { operation: 'min', field: 'value' },
  { operation: 'max', field: 'value' },
];

const anyRow = fc.record({
  key: fc.integer({ min: 0, max: 40 }).map((id) => `key-${id}`),
  value: fc.integer({ min: -1000, max: 1000 }),
  timeMs: fc.integer({ min: -50_000, max: 50_000 }),
});

const anyWindow = fc.option(
  fc.record({
    sizeMs: fc.integer({ min: 1, max: 20_000 }),
    slideMs: fc.integer({ min: 700, max: 20_000 }),
    offsetMs: fc.integer({ min: -5000, max: 5000 }),
  }),
  { nil: undefined },
);

test('groups are those of a naive count over windows that contain each row, also when the tables are used again', () => {
  fc.assert(
    fc.property(
      anyWindow,
      fc.array(fc.array(anyRow, { maxLength: 60 }), { maxLength: 4 }),
      (window, batches) => {
        const partial = new PartialAggregation(ACCUMULATORS, window);
        for (const rows of batches) {
          const batch = columnsOfRows(rows, { key: 'utf8', value: 'int64', timeMs: 'int64' });
          const column = batch.column('key');
          if (column.kind !== 'text') throw new TypeError('key holds texts');
          const actual = partial
            .run(batch, column.ids, batch.numbers('timeMs'))
            .map(({ keyId, windowStartMs, rows: count, values }) => [
              `${windowStartMs} ${column.texts.text(keyId)}`,
              [count, ...values],
            ]);
          expect(Object.fromEntries(actual)).toEqual(naive(rows, window));
        }
      },
    ),
    { numRuns: 150 },
  );
});

test('many distinct groups survive the growth of the tables', () => {
  const rows = Array.from({ length: 5000 }, (_, index) => ({
    key: `k${index}`,
    value: index,
    timeMs: index * 1000,
  }));
  const batch = columnsOfRows(rows, { key: 'utf8', value: 'int64', timeMs: 'int64' });
  const column = batch.column('key');
  if (column.kind !== 'text') throw new TypeError('key holds texts');
  const window = { sizeMs: 60_000, slideMs: 60_000, offsetMs: 0 };
  const groups = new PartialAggregation(ACCUMULATORS, window).run(batch, column.ids, batch.numbers('timeMs'));
  expect(groups.length).toBe(5000);
  expect(groups.every(({ values }, index) => values[1] === index)).toBe(true);
});

test('merging two parts is aggregating them together; avg divides at the end', () => {
  const layout = layOutAggregates({
    n: { function: 'count' },
    average: { function: 'avg', field: 'value' },
    total: { function: 'sum', field: 'value' },
  });
  expect(layout.accumulators).toEqual([{ operation: 'count' }, { operation: 'sum', field: 'value' }]);
  const row: Record<string, string | number> = {};
  layout.writeResults(mergeAccumulators(layout.accumulators, [1, 10], [3, 2]), row);
  expect(row).toEqual({ n: 4, average: 3, total: 12 });
});

function naive(
  rows: readonly { key: string; value: number; timeMs: number }[],
  window: WindowShape | undefined,
): Record<string, number[]> {
  const groups: Record<string, number[]> = {};
  for (const { key, value, timeMs } of rows) {
    for (const start of startsOf(timeMs, window)) {
      const name = `${start} ${key}`;
      const [count, , sum, min, max] = groups[name] ?? [0, 0, 0, Infinity, -Infinity];
      groups[name] = [
        (count as number) + 1,
        (count as number) + 1,
        (sum as number) + value,
        Math.min(min as number, value),
        Math.max(max as number, value),
      ];
    }
  }
  return groups;
}

function startsOf(timeMs: number, window: WindowShape | undefined): number[] {
  if (window === undefined) return [0];
  const { sizeMs, slideMs, offsetMs } = window;
  const starts: number[] = [];
  const around = Math.floor((timeMs - offsetMs) / slideMs);
  const reach = Math.ceil(sizeMs / slideMs) + 2;
  for (let step = around - reach; step <= around + reach; step++) {
    const start = step * slideMs + offsetMs;
    if (start <= timeMs && timeMs < start + sizeMs) starts.push(start);
  }
  return starts;
}
