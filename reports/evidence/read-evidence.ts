import { stat } from 'node:fs/promises';
import { join } from 'node:path';
import { identityOf, readResult, resultsBelow } from '../model/index.ts';
import type { LoadedResult } from './evidence.ts';

/** What files and folders of results hold. */
export interface ReadEvidence {
  /** Each result once, however often it was named and copied. */
  readonly loaded: readonly LoadedResult[];
  /** Files in the folders that are no result of ours, and results that are there a second time. */
  readonly skipped: readonly { readonly file: string; readonly reason: string }[];
}

/**
 * Reads results for `evidenceOf`.
 *
 * @param paths result files, and folders in which results lie at most three folders deep
 * @throws what `readResult` throws for a file that is named itself and is no result, and for a path where nothing is
 */
export async function readEvidence(paths: readonly string[]): Promise<ReadEvidence> {
  const loaded = new Map<string, LoadedResult>();
  const skipped: { file: string; reason: string }[] = [];
  const take = (one: LoadedResult): void => {
    const key = identityOf(one.result);
    const twin = loaded.get(key);
    if (twin === undefined) loaded.set(key, one);
    else if (twin.file !== one.file)
      skipped.push({ file: one.file, reason: `the same result as ${twin.file}` });
  };
  for (const path of paths) {
    if (!(await isFolder(path))) {
      take({ file: path, result: await readResult(path) });
      continue;
    }
    for await (const found of resultsBelow(path)) {
      const file = join(path, found.path);
      if (found.kind === 'result') take({ file, result: found.result });
      else skipped.push({ file, reason: found.reason });
    }
  }
  return { loaded: [...loaded.values()], skipped };
}

/** A path where nothing is counts as a file: reading it says what is wrong. */
const isFolder = (path: string): Promise<boolean> =>
  stat(path).then(
    (found) => found.isDirectory(),
    () => false,
  );
