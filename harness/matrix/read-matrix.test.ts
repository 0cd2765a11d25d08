import { join } from 'node:path';
import { expect, test } from 'vitest';
import { matrixExample } from './example.ts';
import { matrixOf, parseMatrix, readMatrix } from './read-matrix.ts';

const messageOf = (text: string): string => {
  try {
    parseMatrix(text, 'm.yaml');
  } catch (error) {
    const { code, message } = error as Error & { code: string };
    return `${code}: ${message}`;
  }
  return 'accepted';
};

test('a workload is enough', () => {
  expect(parseMatrix('workloads: [merchant-spend]', 'm.yaml')).toEqual({
    workloads: ['merchant-spend'],
    engines: ['event', 'micro-batch'],
    profiles: { default: {} },
    guarantees: ['at-least-once'],
    rates: [5_000],
    measures: ['latency', 'drain'],
    repeats: 5,
    attempts: 3,
    vary: [],
    own: [],
    floors: true,
    seed: 1,
  });
});

test('the example is a matrix file', () => {
  expect(parseMatrix(matrixExample(), 'm.yaml')).toMatchObject({ repeats: 5, kills: 10 });
});

test('the same as JSON, tabs and all', () => {
  const json = JSON.stringify({ workloads: ['merchant-spend'], rates: [100, 200], seed: 7 }, null, '\t');
  expect(parseMatrix(json, 'm.json')).toMatchObject({ rates: [100, 200], seed: 7 });
});

test.each([
  [
    'workloads: [merchant-spend]\nrates: [5000, fast]',
    'line 2, rates.1: Invalid input: expected number, received string',
  ],
  ['workloads: [merchant-spend]\n\nspeed: 9', 'line 3, speed: there is no field "speed"'],
  [
    'workloads:\n  - merchant-spend\n  - workload: login-tracker\n    log:\n      skewness: 1',
    'line 5, workloads.1.log.skewness: there is no field "skewness"',
  ],
  ['workloads: [a]\nrates: [100, 200, 100]', 'line 2, rates: an item stands in the list twice'],
  [
    'workloads: [a]\nprofiles:\n  default:\n    event: { parallelism: 1 }',
    'line 3, profiles.default: the profile "default" is the engines\' own settings: leave it empty ({})',
  ],
  [
    'workloads: [a]\nprofiles: { quick: builtin }',
    'line 2, profiles: the profiles that each engine brings are default, tuned-latency, tuned-throughput',
  ],
  ['workloads: [a]\nprofiles:\n  p:\n    storm: {}', 'line 4, profiles.p.storm: there is no field "storm"'],
  [
    'workloads: [a]\nengines: [storm]',
    'line 2, engines.0: Invalid option: expected one of "event"|"flink"|"micro-batch"|"spark"',
  ],
  ['workloads: []', 'line 1, workloads: Too small: expected array to have >=1 items'],
  ['repeats: 5', 'workloads: Invalid input: expected array, received undefined'],
  ['- merchant-spend', 'the top level: Invalid input: expected object, received array'],
  ['', 'the top level: Invalid input: expected object, received null'],
  ['workloads: [merchant-spend', 'line 1: Flow sequence in block collection must be'],
  ['seed: 1\nseed: 2', 'line 2: Map keys must be unique'],
])('%j is refused with the place and the reason', (text, place) => {
  expect(messageOf(text)).toContain('MATRIX_FILE_INVALID: The matrix file m.yaml is wrong at ');
  expect(messageOf(text)).toContain(place);
});

test('values without a file are checked in the same way, and named by their place alone', () => {
  const values = { workloads: ['merchant-spend'], rates: [100, 200] };
  expect(matrixOf(values, 'rates')).toEqual(parseMatrix(JSON.stringify(values), 'm.json'));
  expect(() => matrixOf({ ...values, rates: [100, 'fast'] }, 'rates')).toThrow(
    'The matrix file rates is wrong at rates.1: Invalid input: expected number, received string',
  );
});

test('a file that cannot be read is named', async () => {
  const path = join(import.meta.dirname, 'nowhere.yaml');
  await expect(readMatrix(path)).rejects.toMatchObject({
    code: 'MATRIX_FILE_UNREADABLE',
    message: expect.stringContaining(path),
  });
});
