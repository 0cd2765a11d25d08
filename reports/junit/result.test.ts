import { expect, test } from 'vitest';
import type { Result } from '../model/index.ts';
import { fixtureResult, MALICIOUS, refusedResult } from '../testing/index.ts';
import { renderResultJunit } from './index.ts';
import { expectWellFormed } from './testing/well-formed.ts';

const RESULT = fixtureResult();
const REFUSED = refusedResult();

test('a refused result', async () => {
  const text = renderResultJunit(REFUSED);
  expectWellFormed(text);
  await expect(text).toMatchFileSnapshot('golden/refused-result.xml');
});

test('a result whose runs all passed has neither failure nor skip', () => {
  const text = renderResultJunit(RESULT);
  expect(text).toContain('tests="24" failures="0" errors="0" skipped="0"');
  expect(text).not.toMatch(/<(failure|error|skipped)\b/);
});

test('the worst run of a kind decides, and the others are told', () => {
  const { cells, ...rest } = RESULT;
  const result: Result = {
    ...rest,
    cells: cells.slice(0, 1).map((cell) => ({
      ...cell,
      runs: (['passed', 'invalid', 'failed'] as const).flatMap((outcome) =>
        cell.runs.slice(0, 1).map((run) => ({
          ...run,
          outcome,
          remarks: [{ code: 'ENGINE_GONE', message: 'it ended', level: 'invalid' as const }],
        })),
      ),
    })),
  };
  const text = renderResultJunit(result);
  expect(text).toContain('tests="1" failures="0" errors="1" skipped="0"');
  expect(text).toContain('<error message="ended with an error: ENGINE_GONE: it ended"/>');
  expect(text).toContain('<system-out>1 of 3 runs passed</system-out>');
});

test.each([MALICIOUS, ']]>', '-->', '\ufffe\uffff\ud800\u0008', 'x'.repeat(10_000_000)])(
  'a hostile name leaves the document well-formed',
  (name) => {
    const { cells, ...rest } = REFUSED;
    const hostile = cells.map((cell) => ({ ...cell, workload: name, profile: name }));
    const text = renderResultJunit({ ...rest, cells: hostile });
    expectWellFormed(text);
    expect(text.length).toBeLessThan(20_000);
  },
);
