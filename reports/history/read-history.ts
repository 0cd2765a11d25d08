import { readdir } from 'node:fs/promises';
import { basename, dirname, join, relative } from 'node:path';
import { CrosscurrentError } from '../../errors/index.ts';
import { readResult } from '../model/index.ts';
import type { History, HistoryEntry, SkippedFile } from './history.ts';
import { historyEntry } from './history-entry.ts';

/** Folders below the one given that are looked into. */
const DEEPEST = 3;

/**
 * Reads every result at most three folders below a folder. Files that are no results, and a result that is there a second time, are told and left
 * out; links are not followed.
 *
 * @throws the system's error where the folder itself cannot be listed
 */
export async function readHistory(folder: string): Promise<History> {
  const entries: HistoryEntry[] = [];
  const skipped: SkippedFile[] = [];
  const seen = new Map<string, string>();
  const files = await listFiles(folder, DEEPEST);
  const all = new Set(files.all);
  for (const file of files.json) {
    const path = relative(folder, file);
    try {
      const result = await readResult(file);
      const key = JSON.stringify([result.createdAt, result.command, result.tool.gitCommit]);
      const twin = seen.get(key);
      if (twin === undefined) {
        seen.set(key, path);
        entries.push(historyEntry(result, path, all.has(join(dirname(file), REPORT_NAME))));
      } else {
        skipped.push({ path, reason: `the same result as ${twin}` });
      }
    } catch (error) {
      if (!(error instanceof CrosscurrentError)) throw error;
      skipped.push({ path, reason: `${error.code}: ${error.message}` });
    }
  }
  entries.sort((a, b) => compare(a.createdAt, b.createdAt) || compare(a.path, b.path));
  return { folder: basename(folder), entries, skipped };
}

const REPORT_NAME = 'report.html';

const compare = (a: string, b: string) => (a < b ? -1 : a > b ? 1 : 0);

interface Listing {
  readonly all: readonly string[];
  readonly json: readonly string[];
}

async function listFiles(folder: string, deepest: number): Promise<Listing> {
  const listed = (await readdir(folder, { withFileTypes: true })).sort((a, b) => compare(a.name, b.name));
  const all = listed.filter((entry) => entry.isFile()).map(({ name }) => join(folder, name));
  const folders = listed.filter((entry) => entry.isDirectory() && entry.name !== 'node_modules');
  if (deepest > 0) {
    for (const { name } of folders) all.push(...(await listFiles(join(folder, name), deepest - 1)).all);
  }
  return { all, json: all.filter((path) => path.endsWith('.json')) };
}
