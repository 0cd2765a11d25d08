import { randomUUID } from 'node:crypto';
import { link, readFile, rm, writeFile } from 'node:fs/promises';
import { setTimeout as sleep } from 'node:timers/promises';

const POLL_MS = 200;

/**
 * Runs `work` while no other process does, guarded by a lock file that holds the owner's process id; a lock whose owner is
 * gone is taken over. Two processes that find the same dead owner at the same instant may both go on, so what `work` makes
 * must also be put in place by an atomic rename.
 *
 * @param wait what to do while another has it: `onWait` is told once, and the abort ends the waiting by an AbortError
 */
export async function exclusively<Result>(
  lockFile: string,
  work: () => Promise<Result>,
  { signal, onWait = () => {} }: { readonly signal?: AbortSignal; readonly onWait?: () => void } = {},
): Promise<Result> {
  let waits = false;
  while (!(await tryLock(lockFile))) {
    if (await ownerIsGone(lockFile)) {
      await rm(lockFile, { force: true });
      continue;
    }
    if (!waits) onWait();
    waits = true;
    await sleep(POLL_MS, undefined, signal === undefined ? {} : { signal });
  }
  try {
    return await work();
  } finally {
    await rm(lockFile, { force: true });
  }
}

/** The lock appears together with its owner's id: a link to a finished file either is there or fails. */
async function tryLock(lockFile: string): Promise<boolean> {
  const own = `${lockFile}.${randomUUID()}`;
  await writeFile(own, String(process.pid));
  try {
    await link(own, lockFile);
    return true;
  } catch (failure) {
    if ((failure as NodeJS.ErrnoException).code === 'EEXIST') return false;
    throw failure;
  } finally {
    await rm(own, { force: true });
  }
}

async function ownerIsGone(lockFile: string): Promise<boolean> {
  const text = await readFile(lockFile, 'utf8').catch(() => undefined);
  if (text === undefined) return false;
  try {
    process.kill(Number(text), 0);
    return false;
  } catch (failure) {
    return (failure as NodeJS.ErrnoException).code === 'ESRCH';
  }
}
