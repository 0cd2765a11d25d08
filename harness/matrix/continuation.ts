import { access, readFile, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { RESULT_FILE_NAME, type Result, readResult, writeWhole } from '../../reports/model/index.ts';
import { matrixErrors } from './errors.ts';

/** Stands beside the result and says of which plan it is. */
const PLAN_FILE_NAME = 'matrix-plan.sha256';

/**
 * The result that a matrix continues, from the folder of an earlier session; null where there is none.
 *
 * @throws MATRIX_CHANGED when the result there is of another plan, and what reading a result throws
 */
export async function earlierResult(folder: string, planHash: string): Promise<Result | null> {
  const path = join(folder, RESULT_FILE_NAME);
  if (!(await exists(path))) return null;
  const hash = await readFile(join(folder, PLAN_FILE_NAME), 'utf8').catch(() => null);
  if (hash === null) throw changed(folder, 'it is not of a matrix');
  if (hash.trim() !== planHash)
    throw changed(folder, 'it is of another matrix, or of an earlier version of the file');
  return await readResult(path);
}

/** Removes an earlier result from the folder, and notes of which plan the next one will be. */
export async function claimFolder(folder: string, planHash: string): Promise<void> {
  await rm(join(folder, RESULT_FILE_NAME), { force: true });
  await writeWhole(join(folder, PLAN_FILE_NAME), `${planHash}\n`);
}

type Ground = Pick<Result, 'tool' | 'machine' | 'broker' | 'versions'>;

/**
 * Checks that a result may be continued here: figures of two machines, brokers or versions of the tool do not belong in one result.
 *
 * @throws MATRIX_CHANGED
 */
export function checkSameGround(folder: string, earlier: Ground, now: Ground): void {
  const [before, after] = [factsOf(earlier), factsOf(now)];
  for (const [name, value] of Object.entries(before)) {
    if (after[name] !== value) {
      throw changed(folder, `${name} was ${value} and is ${after[name] ?? 'unknown'} now`);
    }
  }
}

function factsOf({ tool, machine, broker, versions }: Ground): Record<string, string> {
  return {
    'the version of crosscurrent': `${tool.version} (${tool.gitCommit ?? 'no commit'})`,
    'the machine': `${machine.cpuModel}, ${machine.cores} cores, ${machine.os}`,
    'the Node version': machine.nodeVersion,
    'the broker': `${broker.kind} ${broker.kafkaVersion ?? ''}`.trim(),
    ...Object.fromEntries(
      Object.entries(versions).map(([name, version]) => [`the version of ${name}`, version]),
    ),
  };
}

const changed = (folder: string, reason: string): Error =>
  matrixErrors.error('MATRIX_CHANGED', { folder, reason });

const exists = (path: string): Promise<boolean> =>
  access(path).then(
    () => true,
    () => false,
  );
