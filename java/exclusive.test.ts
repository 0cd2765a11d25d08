import { spawnSync } from 'node:child_process';
import { mkdtemp, readdir, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { exclusively } from './exclusive.ts';

let folder: string;
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'crosscurrent-lock-'));
});
afterEach(() => rm(folder, { recursive: true }));

test('lets one in at a time and leaves no lock, also after a failure', async () => {
  const lock = join(folder, 'lock');
  let inside = 0;
  const work = async (): Promise<number> => {
    inside += 1;
    await new Promise((resolve) => setImmediate(resolve));
    const seen = inside;
    inside -= 1;
    return seen;
  };
  const failing = exclusively(lock, () => work().then(() => Promise.reject(new Error('no'))));
  const others = [exclusively(lock, work), exclusively(lock, work)];
  await expect(failing).rejects.toThrow('no');
  expect(await Promise.all(others)).toEqual([1, 1]);
  expect(await readdir(folder)).toEqual([]);
});

test('takes over the lock of a process that is gone', async () => {
  const lock = join(folder, 'lock');
  const gone = spawnSync(process.execPath, ['-e', '']).pid;
  await writeFile(lock, String(gone));
  expect(await exclusively(lock, async () => 'in')).toBe('in');
});
