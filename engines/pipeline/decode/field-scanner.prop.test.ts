import fc from 'fast-check';
import { expect, test } from 'vitest';
import type { Schema } from '../dataflow/index.ts';
import { compileFieldScanner, type FieldScanner } from './index.ts';

const SCHEMA: Schema = { seq: 'int64', merchant: 'utf8', rate: 'float64', größe: 'int64', note: 'utf8' };
const WANTED = ['merchant', 'rate', 'seq', 'note'];

type Fields = Readonly<Record<string, string | number>>;

/** The definition: JSON.parse of the bytes as text, then the schema, texts as UTF-8 can hold them. */
function reference(bytes: Buffer, schema: Schema, wanted: readonly string[]): Fields | undefined {
  let row: unknown;
  try {
    row = JSON.parse(bytes.toString('utf8'));
  } catch {
    return undefined;
  }
  if (typeof row !== 'object' || row === null || Array.isArray(row)) return undefined;
  const values = new Map<string, unknown>(Object.entries(row));
  for (const [name, type] of Object.entries(schema)) {
    const value = values.get(name);
    if (type === 'utf8' ? typeof value !== 'string' : typeof value !== 'number') return undefined;
    if (type === 'int64' && !Number.isSafeInteger(value)) return undefined;
    if (type === 'float64' && !Number.isFinite(value)) return undefined;
  }
  return Object.fromEntries(
    wanted.map((name) => {
      const value = values.get(name) as string | number;
      return [name, typeof value === 'string' ? value.toWellFormed() : value];
    }),
  );
}

/** Scans the bytes in the midst of others that would complete a truncated record. */
function scanned(
  scanner: FieldScanner,
  bytes: Buffer,
  schema: Schema,
  wanted: readonly string[],
): Fields | undefined {
  const before = Buffer.from('{"seq":');
  const buffer = Buffer.concat([before, bytes, Buffer.from('7"},"merchant":"x"}')]);
  if (!scanner.scan(buffer, before.length, before.length + bytes.length)) return undefined;
  return Object.fromEntries(
    wanted.map((name, index) => [
      name,
      schema[name] === 'utf8'
        ? scanner.textSource.toString('utf8', scanner.textStart[index], scanner.textEnd[index])
        : (scanner.numbers[index] as number),
    ]),
  );
}

const scanner = compileFieldScanner(SCHEMA, WANTED);

function agree(bytes: Buffer): Fields | undefined {
  const expected = reference(bytes, SCHEMA, WANTED);
  expect(scanned(scanner, bytes, SCHEMA, WANTED)).toEqual(expected);
  return expected;
}

const space = fc.stringMatching(/^[ \n\r\t]{0,2}$/);
const text = fc.oneof(
  fc.string(),
  fc.string({ unit: 'grapheme' }),
  fc.constantFrom('', 'm-000123', '"', '\\', '\u0000', '\ud800'),
);
const number = fc.oneof(
  fc.maxSafeInteger().map(String),
  fc.double().map((value) => JSON.stringify(value)),
  fc.tuple(fc.integer(), fc.nat()).map(([whole, fraction]) => `${whole}.${fraction}`),
  fc.constantFrom(
    '-0',
    '0.0',
    '1.0',
    '01',
    '-',
    '1.',
    '.5',
    '+1',
    '1e3',
    '1E-400',
    '1e400',
    '9007199254740992',
    '0.1',
    '123456789012345.6',
    '-00',
    '1_0',
    'NaN',
  ),
);
const other = fc.oneof(
  fc.json(),
  fc.constantFrom('true', 'false', 'null', 'tru', '{}', '[]', '[1,{"a":"}"}]'),
);
const name = fc.oneof(
  fc.constantFrom(...Object.keys(SCHEMA), 'extra', '__proto__', 'mer', 'merchant '),
  text,
);

const right = {
  utf8: text.map((value) => JSON.stringify(value)),
  int64: fc.maxSafeInteger().map(String),
  float64: fc.double({ noNaN: true, noDefaultInfinity: true }).map((value) => JSON.stringify(value)),
};

const usual = (field: string) =>
  fc
    .oneof(
      { weight: 9, arbitrary: right[SCHEMA[field] as keyof typeof right] },
      { weight: 1, arbitrary: number },
    )
    .map((value): [string, string] => [JSON.stringify(field), value]);
const stray = fc.tuple(
  name.map((value) => JSON.stringify(value)),
  fc.oneof(
    number,
    text.map((value) => JSON.stringify(value)),
    other,
  ),
);
const members = fc
  .tuple(fc.tuple(...Object.keys(SCHEMA).map(usual)), fc.array(stray, { maxLength: 3 }))
  .chain(([fields, strays]) => {
    const all = [...fields, ...strays];
    return fc.oneof(
      fc.constant(all),
      fc.shuffledSubarray(all, { minLength: all.length }),
      fc.shuffledSubarray(all),
    );
  });
const record = fc
  .tuple(members, fc.array(space, { minLength: 6, maxLength: 6 }))
  .map(([pairs, [a, b, c, d, e, f]]) =>
    Buffer.from(
      `${a}{${b}${pairs.map(([field, value]) => `${field}${c}:${d}${value}`).join(`${e},${a}`)}${f}}${b}`,
    ),
  );

test('accepts exactly the records that JSON.parse and the schema accept, and reads the same values', () => {
  let accepted = 0;
  fc.assert(
    fc.property(record, (bytes) => {
      if (agree(bytes) !== undefined) accepted++;
    }),
    { numRuns: 3_000, seed: 11 },
  );
  expect(accepted).toBeGreaterThan(300);
});

test('agrees on records cut short and on records with a byte changed, put in or taken out', () => {
  const plain = Buffer.from('{"seq":12,"merchant":"m-7","rate":-0.25,"größe":3,"note":"ü","extra":null}');
  const bytes = fc.oneof(record, fc.constant(plain));
  fc.assert(
    fc.property(
      bytes,
      fc.nat(),
      fc.nat(255),
      fc.constantFrom('cut', 'change', 'insert', 'remove'),
      (whole, seed, byte, how) => {
        const at = seed % whole.length;
        const [before, after] = [whole.subarray(0, at), whole.subarray(at + 1)];
        switch (how) {
          case 'cut':
            return void agree(before);
          case 'change':
            return void agree(Buffer.concat([before, Buffer.from([byte]), after]));
          case 'insert':
            return void agree(Buffer.concat([before, Buffer.from([byte]), whole.subarray(at)]));
          case 'remove':
            return void agree(Buffer.concat([before, after]));
        }
      },
    ),
    { numRuns: 5_000, seed: 12 },
  );
});

test('agrees on any decimal number', () => {
  const decimal = fc.stringMatching(/^-?[0-9]{1,17}(\.[0-9]{1,17})?$/);
  const single = compileFieldScanner({ rate: 'float64' }, ['rate']);
  fc.assert(
    fc.property(decimal, (digits) => {
      const bytes = Buffer.from(`{"rate":${digits}}`);
      expect(scanned(single, bytes, { rate: 'float64' }, ['rate'])).toEqual(
        reference(bytes, { rate: 'float64' }, ['rate']),
      );
    }),
    { numRuns: 3_000, seed: 13 },
  );
});
