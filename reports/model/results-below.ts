import { readdir } from 'node:fs/promises';
import { basename, dirname, join, relative } from 'node:path';
import { CrosscurrentError } from '../../errors/index.ts';
import type { Result } from './result.ts';
import { readResult } from './result-file.ts';

/** Folders below the one given that are looked into. */
const DEEPEST = 3;

/** A JSON file below a folder. */
type FoundFile =
  | {
      readonly kind: 'result';
      /** From the folder. */
      readonly path: string;
      readonly result: Result;
      /** Names of the other files in its folder. */
      readonly beside: readonly string[];
    }
  /** No result of ours, or one that is there twice. */
  | { readonly kind: 'skipped'; readonly path: string; readonly reason: string };

/**
 * Reads every result at most three folders below a folder, one at a time, in the order of their names. Files that are no results, and a
 * result that is there a second time, are told with the reason; links are not followed. Of ledgers and comparisons
 * that lie among them nothing is told.
 *
 * @throws the system's error where the folder itself cannot be listed
 */
export async function* resultsBelow(folder: string): AsyncGenerator<FoundFile> {
  const seen = new Map<string, string>();
  const files = await listFiles(folder, DEEPEST);
  for (const file of files.filter((name) => name.endsWith('.json'))) {
    const path = relative(folder, file);
    try {
      const result = await readResult(file);
      const key = identityOf(result);
      const twin = seen.get(key);
      if (twin === undefined) {
        seen.set(key, path);
        const beside = files
          .filter((other) => dirname(other) === dirname(file))
          .map((other) => basename(other));
        yield { kind: 'result', path, result, beside };
      } else {
        yield { kind: 'skipped', path, reason: `the same result as ${twin}` };
      }
    } catch (error) {
      if (!(error instanceof CrosscurrentError)) throw error;
      if (error.code === 'REPORT_FILE_OTHER_KIND') continue;
      yield { kind: 'skipped', path, reason: `${error.code}: ${error.message}` };
    }
  }
}

/** The same for copies of one result, made small or not. */
export function identityOf({ createdAt, command, tool }: Result): string {
  return JSON.stringify([createdAt, command, tool.gitCommit]);
}

const compare = (a: string, b: string) => (a < b ? -1 : a > b ? 1 : 0);

async function listFiles(folder: string, deepest: number): Promise<readonly string[]> {
  const listed = (await readdir(folder, { withFileTypes: true })).sort((a, b) => compare(a.name, b.name));
  const all = listed.filter((entry) => entry.isFile()).map(({ name }) => join(folder, name));
  const folders = listed.filter((entry) => entry.isDirectory() && entry.name !== 'node_modules');
  if (deepest > 0) {
    for (const { name } of folders) all.push(...(await listFiles(join(folder, name), deepest - 1)));
  }
  return all;
}
