import { readdir, realpath, stat } from 'node:fs/promises';
import { basename, join, resolve } from 'node:path';
import { RESULT_FILE_NAME, type Result, readResult } from '../model/index.ts';
import { regressionErrors } from './errors.ts';
import type { NamedResults } from './side.ts';

/**
 * Reads one side of a comparison: a result file; a folder that holds a `result.json`; or a folder of result files, each a `.json` of it or
 * of one of its direct sub-folders. The name is the last part of the path, the oldest result comes first. A file that is reached by two names counts once, since a run counted twice would pass for two.
 *
 * @throws COMPARE_NO_RESULTS where there is none, and what `readResult` throws on any file that is no whole result: a side that lacks
 * some of its runs would be another side
 */
export async function readSide(path: string): Promise<NamedResults> {
  const files = (await isFolder(path)) ? await resultFiles(path) : [path];
  if (files.length === 0) throw regressionErrors.error('COMPARE_NO_RESULTS', { path });
  const results: Result[] = [];
  for (const file of files) results.push(await readResult(file));
  results.sort((a, b) => Number(a.createdAt > b.createdAt) - Number(a.createdAt < b.createdAt));
  return { name: basename(resolve(path)), results };
}

async function resultFiles(folder: string): Promise<readonly string[]> {
  const own = await filesOf(folder);
  if (own.some((file) => basename(file) === RESULT_FILE_NAME)) return [join(folder, RESULT_FILE_NAME)];
  const entries = (await readdir(folder)).sort().map((name) => join(folder, name));
  const folders = await Promise.all(entries.map(async (entry) => ((await isFolder(entry)) ? [entry] : [])));
  const inside = await Promise.all(
    folders.flat().map(async (each) => {
      const files = await filesOf(each);
      const whole = files.filter((file) => basename(file) === RESULT_FILE_NAME);
      return whole.length > 0 ? whole : files;
    }),
  );
  // A link that leads nowhere keeps its name, for the reader of results to refuse.
  const real = await Promise.all([...own, ...inside.flat()].map((file) => realpath(file).catch(() => file)));
  return [...new Set(real)];
}

/** The `.json` files directly in a folder, by name. */
async function filesOf(folder: string): Promise<readonly string[]> {
  const names = (await readdir(folder)).filter((name) => name.endsWith('.json')).sort();
  const paths = names.map((name) => join(folder, name));
  const folders = await Promise.all(paths.map(isFolder));
  return paths.filter((_, i) => !folders[i]);
}

async function isFolder(path: string): Promise<boolean> {
  return await stat(path).then(
    (found) => found.isDirectory(),
    () => false,
  );
}
