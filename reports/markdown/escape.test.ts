import { expect, test } from 'vitest';
import { escapeMarkdown } from './escape.ts';

test.each([
  ['@everyone', '@\u200beveryone'],
  ['https://a.b WWW.a.b', 'https:\u200b//a.b WWW\u200b.a.b'],
  ['<!-- crosscurrent-comparison -->', '\\<\\!-- crosscurrent-comparison --\\>'],
  ['a|b`c` [x](y) #1', 'a\\|b\\`c\\` \\[x\\](y) \\#1'],
])('%s mentions, links and marks nothing', (text, escaped) => {
  expect(escapeMarkdown(text)).toBe(escaped);
});
