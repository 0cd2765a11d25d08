import fc from 'fast-check';
import { expect, test } from 'vitest';
import type { RecordBatch } from '../../../kafka/index.ts';
import { type FieldCondition, meets, type Row, type Schema } from '../../pipeline/index.ts';
import { rowReader } from '../columnar/index.ts';
import { RecordColumns } from './record-columns.ts';

const SCHEMA: Schema = { seq: 'int64', shop: 'utf8', rate: 'float64', note: 'utf8' };
const ALL = Object.keys(SCHEMA);

function recordBatch(values: readonly string[]): RecordBatch {
  const bytes = values.map((value) => Buffer.from(value));
  const bounds = new Int32Array(bytes.length + 1);
  bytes.forEach((each, index) => {
    bounds[index + 1] = (bounds[index] as number) + each.length;
  });
  return {
    buffer: Buffer.concat(bytes),
    count: bytes.length,
    valueStart: bounds.subarray(0, -1),
    valueEnd: bounds.subarray(1),
    keyStart: new Int32Array(bytes.length).fill(-1),
    keyEnd: new Int32Array(bytes.length),
    offsets: new Float64Array(bytes.length),
    timestampsMs: new Float64Array(bytes.length),
    headers: () => [],
  };
}

/** Rows and dead letters of batches, which share dictionaries. */
function decode(
  batches: readonly (readonly string[])[],
  names: readonly string[],
  condition?: FieldCondition,
) {
  const columns = new RecordColumns(SCHEMA, names, condition);
  const rows: Row[] = [];
  const dead: string[] = [];
  let filtered = 0;
  for (const values of batches) {
    columns.beginBatch();
    const partition = columns.open(values.length);
    partition.append(recordBatch(values), 0, values.length);
    const batch = partition.finish();
    const rowAt = rowReader(batch);
    for (let index = 0; index < batch.rowCount; index++) rows.push(rowAt(index));
    dead.push(...partition.deadLetters.map(({ value }) => String(value)));
    filtered += partition.filteredRows;
  }
  return { rows, dead, filtered };
}

const shops = ['', 'north', 'süd', 'a"b', '\u0000'] as const;
const good = fc
  .record({
    seq: fc.integer({ min: -3, max: 3 }),
    shop: fc.constantFrom(...shops),
    rate: fc.constantFrom(0, -0.5, 1e300, 2),
    note: fc.constantFrom('', 'x'),
    extra: fc.constantFrom(null, 1, [], { a: 1 }),
  })
  .map((record) => JSON.stringify(record));
const broken = fc.oneof(
  fc.constantFrom('', '{}', 'no record', '[1]', '{"seq":1,"shop":"north","rate":1}'),
  good.map((text) => text.slice(0, -1)),
  good.map((text) => text.replace(/"seq":-?\d+/, '"seq":1.5')),
  good.map((text) => text.replace(/"note":"\w*"/, '"note":7')),
);
const value = fc.oneof({ weight: 5, arbitrary: good }, { weight: 1, arbitrary: broken });
const operator = fc.constantFrom('=', '!=', '<', '<=', '>', '>=');
const comparison: fc.Arbitrary<FieldCondition> = fc.oneof(
  fc.record({
    kind: fc.constant('comparison' as const),
    field: fc.constantFrom('seq', 'rate'),
    operator,
    value: fc.constantFrom(-1, 0, 1, 2),
  }),
  fc.record({
    kind: fc.constant('comparison' as const),
    field: fc.constantFrom('shop', 'note'),
    operator,
    value: fc.constantFrom(...shops, 'x'),
  }),
);
const condition: fc.Arbitrary<FieldCondition> = fc.oneof(
  comparison,
  fc.record({
    kind: fc.constantFrom('and' as const, 'or' as const),
    conditions: fc.array(
      fc.oneof(
        comparison,
        fc.record({ kind: fc.constant('or' as const), conditions: fc.array(comparison, { maxLength: 2 }) }),
      ),
      { maxLength: 3 },
    ),
  }),
);

test('a condition leaves out the rows that do not meet it, and changes neither the other rows nor the dead letters', () => {
  fc.assert(
    fc.property(
      fc.array(fc.array(value, { maxLength: 10 }), { maxLength: 3 }),
      fc.subarray(ALL),
      condition,
      (batches, names, tested) => {
        const all = decode(batches, ALL);
        const kept = all.rows.filter((row) => meets(row, tested));
        expect(decode(batches, names, tested)).toEqual({
          rows: kept.map((row) => Object.fromEntries(names.map((name) => [name, row[name]]))),
          dead: all.dead,
          filtered: all.rows.length - kept.length,
        });
      },
    ),
    { numRuns: 500, seed: 3 },
  );
});
