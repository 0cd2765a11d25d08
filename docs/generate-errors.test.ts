import { expect, test } from 'vitest';
import { errorSections, errorsPage, writtenErrorsPage } from './generate-errors.ts';

const sections = await errorSections();
const codes = sections.flatMap(({ table }) => Object.keys(table));

test('docs/errors.md is what `node docs/generate-errors.ts` writes', () => {
  expect(writtenErrorsPage()).toBe(errorsPage(sections));
});

test('every area is found, and no code is given twice', () => {
  expect(sections.map(({ folder }) => folder)).toContain('engines/pipeline');
  expect(codes.filter((code, index) => codes.indexOf(code) !== index)).toEqual([]);
});

test('a page has one row an error, with its exit code', () => {
  const page = errorsPage([
    { folder: 'a/b', table: { A_B: { message: 'x | <y>', hint: 'one\ntwo', exit: 'oracle' } } },
  ]);
  expect(page.split('\n').slice(4)).toEqual([
    '## a/b',
    '',
    '| Code  | Message     | What to do | Exit code  |',
    '| ----- | ----------- | ---------- | ---------- |',
    '| `A_B` | x \\| &lt;y> | one<br>two | 5 (oracle) |',
    '',
  ]);
});
