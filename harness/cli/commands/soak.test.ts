import { expect, test } from 'vitest';
import { runInTurn } from '../testing/index.ts';

const REFUSED: readonly (readonly [readonly string[], string])[] = [
  [
    ['--engine', 'event,micro-batch', '--rescale', '1,2'],
    'Option --rescale: the micro-batch engine has no savepoints',
  ],
  [['--rescale', '1,0'], 'Option --rescale: "0" is not a whole number'],
  [['--kills', 'many'], 'Option --kills: "many" is not a whole number'],
  [['--engine', 'spark'], 'PIPELINE_CAPABILITY_MISSING'],
  [['--set', 'paralellism=2'], 'PIPELINE_SETTING_INVALID'],
];

test('what could not be soaked is refused before anything starts', async () => {
  const ended = await runInTurn(REFUSED.map(([options]) => ['soak', ...options]));
  for (const [index, [options, text]] of REFUSED.entries()) {
    expect.soft(ended[index]?.stderr, options.join(' ')).toContain(text);
    expect.soft(ended[index], options.join(' ')).toMatchObject({ exitCode: 2, stdout: '' });
  }
});
