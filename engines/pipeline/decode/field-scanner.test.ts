import { expect, test } from 'vitest';
import type { Schema } from '../dataflow/index.ts';
import { compileFieldScanner } from './index.ts';

const SCHEMA: Schema = { seq: 'int64', merchant: 'utf8' };

function read(bytes: Buffer, schema = SCHEMA): [number, string] | undefined {
  const scanner = compileFieldScanner(schema, Object.keys(schema));
  if (!scanner.scan(bytes, 0, bytes.length)) return undefined;
  return [
    scanner.numbers[0] as number,
    scanner.textSource.toString('utf8', scanner.textStart[1], scanner.textEnd[1]),
  ];
}

test.each<[string, [number, string] | undefined]>([
  ['{"seq":1,"merchant":"a"}', [1, 'a']],
  [' { "merchant" : "a" , "seq" : 1 } ', [1, 'a']],
  ['{"seq":1,"seq":2,"merchant":"a","merchant":"b"}', [2, 'b']],
  ['{"seq":"x","merchant":"a","seq":3}', [3, 'a']],
  ['{"seq":3,"merchant":"a","seq":"x"}', undefined],
  ['{"seq":1.0,"merchant":"a"}', [1, 'a']],
  ['{"seq":1.5,"merchant":"a"}', undefined],
  ['{"seq":1e2,"merchant":"a"}', [100, 'a']],
  ['{"seq":-0,"merchant":""}', [-0, '']],
  ['{"s\\u0065q":1,"merchant":"\\u0061\\n"}', [1, 'a\n']],
  ['{"seq":1,"merchant":"\\ud83d\\ude00"}', [1, '😀']],
  ['{"seq":1,"merchant":"a","extra":{"seq":[9]}}', [1, 'a']],
  ['{"seq":1,"merchant":"a","extra":true}', [1, 'a']],
  ['{"seq":1,"merchant":"a"}x', undefined],
  ['{"seq":1,"merchant":"a",}', undefined],
  ['{"seq":1 "merchant":"a"}', undefined],
  ['{"seq":1}', undefined],
  ['{"seq":9007199254740993,"merchant":"a"}', undefined],
  ['[{"seq":1,"merchant":"a"}]', undefined],
  ['null', undefined],
  ['', undefined],
])('%s', (text, expected) => {
  expect(read(Buffer.from(text))).toEqual(expected);
});

test('bytes that are no UTF-8 read as in a JavaScript string', () => {
  const bytes = Buffer.from('{"seq":1,"merchant":"a?"}');
  bytes[bytes.indexOf('?')] = 0xff;
  expect(read(bytes)).toEqual([1, 'a\ufffd']);
});

test('texts are kept as UTF-8, so that equal texts have equal bytes', () => {
  const scanner = compileFieldScanner({ merchant: 'utf8' }, ['merchant']);
  const bytes = Buffer.from('{"merchant":"?"}');
  bytes[bytes.indexOf('?')] = 0xfe;
  expect(scanner.scan(bytes, 0, bytes.length)).toBe(true);
  const kept = scanner.textSource.subarray(scanner.textStart[0], scanner.textEnd[0]);
  expect(kept).toEqual(Buffer.from('\ufffd'));
});

test('an array is no object, whatever the fields are called', () => {
  const scanner = compileFieldScanner({ length: 'int64' }, ['length']);
  expect(scanner.scan(Buffer.from('[1]'), 0, 3)).toBe(false);
});

test('field names that JSON has to escape are found', () => {
  expect(read(Buffer.from('{"a\\"":5,"b":"x"}'), { 'a"': 'int64', b: 'utf8' })).toEqual([5, 'x']);
  expect(read(Buffer.from('{"a"":5,"b":"x"}'), { 'a"': 'int64', b: 'utf8' })).toBeUndefined();
});

test('a schema of many fields is read like any other', () => {
  const schema = Object.fromEntries(
    Array.from({ length: 40 }, (_, index) => [`f${index}`, 'int64' as const]),
  );
  const bytes = Buffer.from(
    JSON.stringify(Object.fromEntries(Object.keys(schema).map((name, index) => [name, index]))),
  );
  const scanner = compileFieldScanner(schema, ['f39', 'f0']);
  expect(scanner.scan(bytes, 0, bytes.length)).toBe(true);
  expect([...scanner.numbers.subarray(0, 2)]).toEqual([39, 0]);
});
