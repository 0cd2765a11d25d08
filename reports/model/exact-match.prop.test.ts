import fc from 'fast-check';
import { expect, test } from 'vitest';
import { z } from 'zod';
import { fixtureResult } from '../testing/index.ts';
import { exactMatch } from './exact-match.ts';
import { resultSchema } from './result.ts';

test('a whole result matches; one that the schema would change or refuse does not', () => {
  const matches = exactMatch(resultSchema);
  const whole = fixtureResult();
  const { floors: _, ...older } = whole;
  expect(matches(JSON.parse(JSON.stringify(whole)))).toBe(true);
  expect(matches(older)).toBe(false);
  expect(matches({ ...whole, schemaVersion: 1 })).toBe(false);
  expect(matches({ ...whole, more: 1 })).toBe(false);
});

/** Kinds of schemas with values that lie near them, right and wrong. */
const kinds = [
  z.string(),
  z.string().min(2),
  z.email(),
  z.number(),
  z.number().min(0),
  z.int(),
  z.int().nonnegative(),
  z.boolean(),
  z.literal(['a', 1]),
  z.enum(['a', 'b']),
  z.number().nullable(),
  z.number().default(1),
  z.number().transform((value) => Math.abs(value)),
  z.union([z.string(), z.number()]),
  z.array(z.int()),
  z.array(z.int()).min(1),
  z.tuple([z.number(), z.int()]),
  z.record(z.string(), z.number()),
  z.record(z.enum(['a', 'b']), z.number()),
  z.object({ a: z.number(), b: z.string().optional() }),
  z.strictObject({ a: z.number() }),
  z.object({ a: z.number() }).refine(({ a }) => a > 0),
  z.discriminatedUnion('a', [z.object({ a: z.literal('a') }), z.object({ a: z.literal('b'), b: z.int() })]),
] as const;
const scalar = fc.oneof(
  fc.constantFrom('a', 'b', '', null, undefined, Number.NaN, Number.POSITIVE_INFINITY, 2 ** 53, -0),
  fc.integer(),
  fc.double(),
  fc.boolean(),
);
const near = fc.oneof(
  scalar,
  fc.array(scalar, { maxLength: 3 }),
  fc.array(fc.nat(), { maxLength: 3 }),
  fc.dictionary(fc.constantFrom('a', 'b', '__proto__'), scalar, { maxKeys: 3, noNullPrototype: true }),
);

test('what matches is exactly what the schema gives', () => {
  const [schemas, matchers] = [
    kinds.map((kind) => z.object({ in: kind })),
    kinds.map((kind) => exactMatch(z.object({ in: kind }))),
  ];
  fc.assert(
    fc.property(near, (value) => {
      for (const [i, schema] of schemas.entries()) {
        if (matchers[i]?.({ in: value })) expect(schema.parse({ in: value })).toStrictEqual({ in: value });
      }
    }),
    { numRuns: 300 },
  );
});
