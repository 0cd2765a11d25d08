import { expect, test } from 'vitest';
import { type OutputRecord, outputRecord } from '../differ/index.ts';
import { compareToReference, isKept, type ReferenceRules } from './compare-to-reference.ts';

const RULES: ReferenceRules = {
  identity: ['key'],
  lastOfEach: false,
  inOrder: true,
  mayBeMissing: ({ key }) => key === 'sentinel',
  guarantee: 'exactly-once',
};

const total = (key: string, sum: number): OutputRecord =>
  outputRecord(key, Buffer.from(JSON.stringify({ key, sum })));
const [A1, A2, A3, B1] = [total('a', 1), total('a', 2), total('a', 3), total('b', 1)];
const REFERENCE = [A1, B1, A2, A3];
const compare = (soaked: readonly OutputRecord[], rules: Partial<ReferenceRules> = {}) => {
  const { examples: _, ...counts } = compareToReference(
    { output: REFERENCE },
    { output: soaked },
    { ...RULES, ...rules },
  );
  return { ...counts, isKept: isKept(counts, { ...RULES, ...rules }.guarantee) };
};
const SAME = { compared: 4, lost: 0, duplicated: 0, different: 0, disordered: 0, isKept: true };

test.each<[string, readonly OutputRecord[], Partial<typeof SAME>]>([
  ['the same, keys between each other in any order', [A1, A2, A3, B1], {}],
  ['one lost', [A1, A2, B1], { lost: 1, isKept: false }],
  ['one twice', [A1, B1, A2, A2, A3], { duplicated: 1, disordered: 1, isKept: false }],
  ['another value', [A1, B1, total('a', 9), A3], { lost: 1, different: 1, isKept: false }],
  ['one more', [A1, B1, A2, A3, total('c', 1)], { different: 1, isKept: false }],
  ['a key in another order', [A2, A1, A3, B1], { disordered: 1, isKept: false }],
  ['what may be missing', [...REFERENCE, total('sentinel', 1)], {}],
])('exactly-once: %s', (_, soaked, deviations) => {
  expect(compare(soaked)).toEqual({ ...SAME, ...deviations });
});

test.each<[string, readonly OutputRecord[], Partial<typeof SAME>]>([
  ['a stretch again', [A1, A2, B1, A1, A2, A3, B1], { duplicated: 3 }],
  ['one lost', [A1, A1, A3, B1], { lost: 1, duplicated: 1, isKept: false }],
  ['the last value is an old one', [A1, A2, A3, A2, B1], { duplicated: 1, disordered: 1, isKept: false }],
])('at-least-once: %s', (_, soaked, deviations) => {
  expect(compare(soaked, { guarantee: 'at-least-once' })).toEqual({ ...SAME, ...deviations });
});

test('where an engine merges values only the last ones count', () => {
  const merged = { lastOfEach: true, inOrder: false };
  expect(compare([A3, B1], merged)).toEqual({ ...SAME, compared: 2 });
  expect(compare([A2, B1], merged)).toMatchObject({ lost: 1, different: 1 });
});

test('other outputs are compared record by record, also one that only one side has, and each deviation has an example', () => {
  const late = outputRecord(null, Buffer.from('late'));
  const deviations = compareToReference(
    { output: [A1], late: [late, late] },
    { output: [A1], late: [late] },
    RULES,
  );
  expect(deviations).toMatchObject({ compared: 3, lost: 1 });
  expect(deviations.examples).toEqual(['late, lost: [null,"bytes","late"]']);
  expect(compareToReference({}, { late: [late] }, RULES)).toMatchObject({ different: 1 });
});
