import { link, mkdir, readFile, rename, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { z } from 'zod';
import { microBatchErrors } from '../errors.ts';

const LOCK = 'lock';
const ownerSchema = z.object({ processId: z.int(), startedAt: z.string() });
type Owner = z.infer<typeof ownerSchema>;

/**
 * Says that this process works on a folder, until it is gone or gives the folder free. A lock whose process has ended, as by SIGKILL, is replaced; a
 * process is told from a later one with its id by its start. Two starts in one instant on a stale lock may both get through: then the batch logs, of
 * which each file is made once, stop one of them.
 *
 * @returns gives the folder free
 * @throws MICRO_BATCH_FOLDER_IN_USE when another process that lives on this machine has it
 */
export async function lockFolder(folder: string, processId: number): Promise<() => Promise<void>> {
  await mkdir(folder, { recursive: true });
  const path = join(folder, LOCK);
  const mine = JSON.stringify({ processId, startedAt: (await startOf(processId)) ?? '' });
  const written = `${path}.${processId}`;
  await writeFile(written, mine);
  try {
    while (!(await linked(written, path))) {
      const owner = await ownerOf(path);
      if (owner !== undefined && owner.processId !== processId && (await lives(owner))) {
        throw microBatchErrors.error('MICRO_BATCH_FOLDER_IN_USE', { processId: owner.processId, folder });
      }
      // Moved and not removed: of two that find it stale only one moves it.
      const stale = `${path}.${processId}.stale`;
      await rename(path, stale).catch(ignoreMissing);
      await rm(stale, { force: true });
    }
  } finally {
    await rm(written, { force: true });
  }
  return async () => {
    if ((await readFile(path, 'utf8').catch(() => '')) === mine) await rm(path, { force: true });
  };
}

async function linked(from: string, to: string): Promise<boolean> {
  try {
    await link(from, to);
    return true;
  } catch (error) {
    if (hasCode(error, 'EEXIST')) return false;
    throw error;
  }
}

/** Undefined for a lock that is gone or says nothing: a machine that lost its power may leave an empty one. */
async function ownerOf(path: string): Promise<Owner | undefined> {
  try {
    return ownerSchema.parse(JSON.parse(await readFile(path, 'utf8')));
  } catch {
    return undefined;
  }
}

async function lives({ processId, startedAt }: Owner): Promise<boolean> {
  try {
    process.kill(processId, 0);
  } catch (error) {
    // A process of another user may not be signalled, and lives.
    if (!hasCode(error, 'EPERM')) return false;
  }
  const start = await startOf(processId);
  return start === undefined || startedAt === '' || start === startedAt;
}

/** In the ticks of the system, the 22nd field of its `stat`; undefined for a process that is over and waits to be reaped, and where there is no /proc. */
async function startOf(processId: number): Promise<string | undefined> {
  const text = await readFile(`/proc/${processId}/stat`, 'utf8').catch(() => undefined);
  // The second field is the name in brackets, which may hold blanks and brackets.
  return text?.slice(text.lastIndexOf(')') + 2).split(' ')[19];
}

function ignoreMissing(error: unknown): void {
  if (!hasCode(error, 'ENOENT')) throw error;
}

function hasCode(error: unknown, code: string): boolean {
  return error instanceof Error && 'code' in error && error.code === code;
}
