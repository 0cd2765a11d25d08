import { expect, test } from 'vitest';
import { needsOf } from './needs.ts';

test('capabilities come by commas, each once', () => {
  expect(needsOf('late-side-output, pattern,pattern')).toEqual(['late-side-output', 'pattern']);
  expect(needsOf('none')).toEqual([]);
});

test.each([
  ['late-side-outputs', 'The nearest is late-side-output. '],
  ['patern', 'The nearest is pattern. '],
  ['savepoints', 'The nearest is savepoint. '],
  ['side-output', 'The nearest is late-side-output. '],
  ['sql', ''],
  ['', ''],
])('%j is refused with the nearest name: %s', (text, nearest) => {
  const hint = `${nearest}docs/capabilities.md lists them all, by engine. Several go with commas; \`none\` is none.`;
  expect(() => needsOf(text)).toThrow(expect.objectContaining({ code: 'ADVISE_NEED_UNKNOWN', hint }));
});
