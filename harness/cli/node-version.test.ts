import { expect, test } from 'vitest';
import { harnessErrors } from '../errors.ts';
import { runCommandLine } from './testing/index.ts';

test('an older Node gets as far as the message of the table of errors', async () => {
  const pretend = "Object.defineProperty(process,'versions',{value:{...process.versions,node:'20.1.0'}})";
  const { exitCode, stderr } = await runCommandLine(['--version'], {
    ...process.env,
    NODE_OPTIONS: `--import data:text/javascript,${encodeURIComponent(pretend)}`,
  });
  const { code, message, hint } = harnessErrors.error('HARNESS_NODE_TOO_OLD', {
    version: '20.1.0',
    minimum: 24,
  });
  expect(stderr).toBe(`error ${code}: ${message}\n  ${hint}\n`);
  expect(exitCode).toBe(2);
});
