import { readFileSync } from 'node:fs';
import { Ajv2020 } from 'ajv/dist/2020.js';
import { expect, test } from 'vitest';
import { parse } from 'yaml';
import { matrixExample } from './example.ts';
import { matrixJsonSchema } from './matrix-file.ts';

test('docs/matrix.schema.json is what `crosscurrent matrix --print-schema` prints', () => {
  const path = new URL('../../docs/matrix.schema.json', import.meta.url);
  expect(JSON.parse(readFileSync(path, 'utf8'))).toEqual(matrixJsonSchema());
});

test('the published schema accepts the example and refuses a field that does not exist', () => {
  const validate = new Ajv2020({ strict: false }).compile(matrixJsonSchema() as object);
  const example: object = parse(matrixExample());
  expect(validate(example), JSON.stringify(validate.errors)).toBe(true);
  expect(validate({ ...example, speed: 9 })).toBe(false);
});
