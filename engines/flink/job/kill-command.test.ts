import { spawnSync } from 'node:child_process';
import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { runKillCommand } from './kill-command.ts';

let folder: string;
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'flink-kill-'));
});
afterEach(() => rm(folder, { recursive: true }));

test('a command that succeeds has found what it was given', () => {
  runKillCommand('test "$FLINK_JOB_ID" = 7', { FLINK_JOB_ID: '7' });
});

test.each([
  ['echo "no such host" >&2; exit 3', 'no such host'],
  ['exit 3', 'it ended by 3'],
])('%s fails with what it said', (command, reason) => {
  expect(() => runKillCommand(command, {})).toThrow(
    expect.objectContaining({ code: 'FLINK_KILL_COMMAND_FAILED', message: expect.stringContaining(reason) }),
  );
});

test('one that hangs is ended with what it had started', async () => {
  const started = join(folder, 'started');
  expect(() => runKillCommand(`sleep 60 & echo $! > ${started}; wait`, {}, 1_000)).toThrow(
    expect.objectContaining({ message: expect.stringContaining('it still ran after 1 s') }),
  );
  const sleeper = (await readFile(started, 'utf8')).trim();
  // Nothing, or a zombie that nobody has asked after.
  const state = () => spawnSync('ps', ['-o', 'stat=', '-p', sleeper], { encoding: 'utf8' }).stdout.trim();
  await expect.poll(state).toMatch(/^(Z.*)?$/);
});
