import { expect, test } from 'vitest';
import { type Ended, runInTurn } from './testing/index.ts';

/** Commands of commands show those; each of the others shows examples. */
const COMMANDS = [
  ...['run', 'sustain', 'matrix', 'claims', 'noise', 'recover', 'soak', 'ceiling', 'report', 'compare'],
  ...['differ', 'history', 'index', 'log', 'broker', 'doctor', 'explain', 'advise', 'ci', 'conformance'],
];

test('every command is listed, and its --help shows examples', async () => {
  const [program, ...ended] = await runInTurn([
    ['--help'],
    ...COMMANDS.map((command) => [command, '--help']),
  ]);
  const listed = program?.stdout.matchAll(/^ {2}(?!help )([a-z]+) /gm) ?? [];
  expect([...listed].map(([, name]) => name)).toEqual(COMMANDS);
  for (const [index, command] of COMMANDS.entries()) {
    const { exitCode, stdout } = ended[index] as Ended;
    expect.soft(stdout, command).toMatch(command === 'log' ? /generate/ : /Examples?:/);
    expect.soft(exitCode, command).toBe(0);
  }
});
