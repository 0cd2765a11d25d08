import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { writeResult } from '../../reports/model/index.ts';
import { fixtureResult } from '../../reports/testing/index.ts';
import { harnessErrors } from '../errors.ts';
import { showError } from './show-error.ts';
import { runCommandLine, startCommand } from './testing/index.ts';

let folder = '';
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'crosscurrent-output-failure-'));
  await writeResult(fixtureResult(), join(folder, 'good', 'result.json'));
});
afterAll(() => rm(folder, { recursive: true, force: true }));

test('a reader that goes away ends nothing: no stack, and the exit code of the command', async () => {
  const command = startCommand(['report', join(folder, 'good'), '--json']);
  command.process.stdout?.destroy();
  expect(await command.ended).toEqual({ exitCode: 0, stdout: '', stderr: '' });
});

test('an output folder that is a file is refused, with what to do', async () => {
  const { exitCode, stderr } = await runCommandLine([
    ...['report', join(folder, 'good'), '--out', join(folder, 'good', 'result.json')],
  ]);
  expect(stderr).toMatch(/^error HARNESS_FILE_SYSTEM: .*EEXIST.*\n {2}Check that .*\n$/);
  expect(exitCode).toBe(2);
});

test('the name of a file in a message does nothing to the terminal', () => {
  let shown = '';
  const note = (text: string) => {
    shown += text;
  };
  const error = harnessErrors.error('HARNESS_FILE_SYSTEM', { problem: 'e\u001b[31m\u009b\u202e.json' });
  expect(showError({ note, result: note, progress: note, colour: false }, error)).toBe(2);
  expect(shown).toContain('[31m');
  expect(shown).not.toMatch(/[^\P{Cc}\n]|\u202e/u);
});
