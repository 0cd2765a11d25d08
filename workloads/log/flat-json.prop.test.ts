import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { FlatJsonReader, type FlatSchema } from './flat-json.ts';

const SCHEMA = { seq: 'int64', name: 'utf8', total: 'int64' } as const satisfies FlatSchema;

/** What JSON.parse and a check of names and types make of a text. */
function byJsonParse(text: string): { seq: number; name: string; total: number } | undefined {
  let parsed: Record<string, unknown>;
  try {
    parsed = JSON.parse(text);
  } catch {
    return undefined;
  }
  if (parsed === null || typeof parsed !== 'object' || Array.isArray(parsed)) return undefined;
  const { seq, name, total, ...more } = parsed;
  const isRight = Number.isSafeInteger(seq) && Number.isSafeInteger(total) && typeof name === 'string';
  if (!isRight || Object.keys(more).length > 0) return undefined;
  return { seq: seq as number, name, total: total as number };
}

function byReader(text: string): ReturnType<typeof byJsonParse> {
  const reader = new FlatJsonReader(SCHEMA);
  if (!reader.read(Buffer.from(text))) return undefined;
  return {
    seq: reader.numbers[0] as number,
    name: reader.text(1),
    total: reader.numbers[2] as number,
  };
}

const anyNumberText = fc.oneof(
  fc.maxSafeInteger().map(String),
  fc.constantFrom(
    '-0',
    '01',
    '1.5',
    '1e3',
    '9007199254740993',
    '1234567890123456',
    '',
    '-',
    '+1',
    'null',
    '"1"',
  ),
);
const anyNameText = fc.oneof(
  fc.string({ unit: 'grapheme' }).map((name) => JSON.stringify(name)),
  fc.constantFrom('"\n"', '"\\u0041"', '"x', '5', 'null', '""'),
);

describe('FlatJsonReader', () => {
  test('reads and refuses what JSON.parse and a check of the fields do', () => {
    const anyText = fc
      .tuple(
        anyNumberText,
        anyNameText,
        anyNumberText,
        fc.constantFrom('', ' ', ',', '}', ',"more":1'),
        fc.boolean(),
      )
      .map(([seq, name, total, more, swap]) =>
        swap
          ? `{"name":${name},"total":${total},"seq":${seq}${more}}`
          : `{"seq":${seq},"name":${name},"total":${total}${more}}`,
      );
    fc.assert(
      fc.property(anyText, (text) => {
        expect(byReader(text)).toEqual(byJsonParse(text));
      }),
      { numRuns: 1_000 },
    );
  });

  test('refuses every text that is cut short', () => {
    const whole = '{"seq":12,"name":"ab","total":-3}';
    expect(byReader(whole)).toEqual({ seq: 12, name: 'ab', total: -3 });
    for (let end = 0; end < whole.length; end += 1) expect(byReader(whole.slice(0, end))).toBeUndefined();
  });
});
