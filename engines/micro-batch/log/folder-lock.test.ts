import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, readdir, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, onTestFinished, test } from 'vitest';
import { lockFolder } from './folder-lock.ts';

async function temporaryFolder(): Promise<string> {
  const folder = await mkdtemp(join(tmpdir(), 'folder-lock-'));
  onTestFinished(() => rm(folder, { recursive: true, force: true }));
  return folder;
}

async function sleepingProcess() {
  const child = spawn('sleep', ['600']);
  await once(child, 'spawn');
  const end = async () => {
    if (child.exitCode !== null || child.signalCode !== null) return;
    child.kill('SIGKILL');
    await once(child, 'exit');
  };
  onTestFinished(end);
  return { processId: child.pid as number, kill: end };
}

test('a folder whose process lives is refused with its id, and free after a SIGKILL of it', async () => {
  const folder = await temporaryFolder();
  const other = await sleepingProcess();
  await lockFolder(folder, other.processId);
  const refused = lockFolder(folder, process.pid);
  await expect(refused).rejects.toMatchObject({ code: 'MICRO_BATCH_FOLDER_IN_USE' });
  await expect(refused).rejects.toThrow(`Process ${other.processId} works on the state folder ${folder}.`);
  await other.kill();
  const release = await lockFolder(folder, process.pid);
  expect(await readdir(folder)).toEqual(['lock']);
  await release();
  expect(await readdir(folder)).toEqual([]);
});

test('a lock of a process that had the same id before is stale', async () => {
  const folder = await temporaryFolder();
  const other = await sleepingProcess();
  await writeFile(join(folder, 'lock'), JSON.stringify({ processId: other.processId, startedAt: '1' }));
  await lockFolder(folder, process.pid);
  await expect(lockFolder(folder, other.processId)).rejects.toMatchObject({
    code: 'MICRO_BATCH_FOLDER_IN_USE',
  });
});

test('an empty lock is stale, and what another has meanwhile is not given free', async () => {
  const folder = await temporaryFolder();
  await writeFile(join(folder, 'lock'), '');
  const release = await lockFolder(folder, process.pid);
  const other = JSON.stringify({ processId: 1, startedAt: '1' });
  await writeFile(join(folder, 'lock'), other);
  await release();
  expect(await readdir(folder)).toEqual(['lock']);
});
