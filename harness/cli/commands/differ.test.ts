import { expect, test } from 'vitest';
import { runInTurn } from '../testing/index.ts';

const REFUSED: readonly (readonly [readonly string[], string])[] = [
  [['--engine', 'event'], 'Option --engine: two or more are needed'],
  [
    ['--engine', 'event,flink', '--flink-rest', 'http://127.0.0.1:1', '--kill-command', 'true'],
    'Option --kill-command: nothing is killed here.',
  ],
  [['--engine', 'event,spark', '--guarantee', 'exactly-once'], 'PIPELINE_CAPABILITY_MISSING'],
  [['--limit', 'few'], 'Option --limit: "few" is not a whole number'],
];

test('what could not be compared is refused before anything starts', async () => {
  const ended = await runInTurn(REFUSED.map(([options]) => ['differ', ...options]));
  for (const [index, [options, text]] of REFUSED.entries()) {
    expect.soft(ended[index]?.stderr, options.join(' ')).toContain(text);
    expect.soft(ended[index], options.join(' ')).toMatchObject({ exitCode: 2, stdout: '' });
  }
});
