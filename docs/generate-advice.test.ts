import { expect, test } from 'vitest';
import { advicePage, EXAMPLES, runExamples, writtenAdvicePage } from './generate-advice.ts';

const ended = await runExamples();

test('docs/advice.md is what `node docs/generate-advice.ts` writes: every example prints what stands there', () => {
  expect(ended).toHaveLength(EXAMPLES.length);
  expect(writtenAdvicePage()).toBe(advicePage(ended));
});

test('there are twelve, each is answered, and an answer that is none says so by its exit code', () => {
  expect(EXAMPLES).toHaveLength(12);
  for (const [index, { exitCode, stdout, stderr }] of ended.entries()) {
    const [answer = ''] = stdout.split('\n');
    const code = /^(Take|Either) /.test(answer) ? 0 : answer.startsWith('Not known: ') ? 4 : 3;
    expect.soft(stderr, EXAMPLES[index]?.title).not.toMatch(/^error /m);
    expect.soft(exitCode, answer).toBe(code);
  }
});
