import { basename } from 'node:path';
import { resultsBelow } from '../model/index.ts';
import type { History, HistoryEntry, SkippedFile } from './history.ts';
import { historyEntry } from './history-entry.ts';

/**
 * Reads every result at most three folders below a folder. Files that are no results, and a result that is there a second time, are told and left
 * out; links are not followed.
 *
 * @throws the system's error where the folder itself cannot be listed
 */
export async function readHistory(folder: string): Promise<History> {
  const entries: HistoryEntry[] = [];
  const skipped: SkippedFile[] = [];
  for await (const found of resultsBelow(folder)) {
    if (found.kind === 'skipped') skipped.push({ path: found.path, reason: found.reason });
    else entries.push(historyEntry(found.result, found.path, found.beside.includes(REPORT_NAME)));
  }
  entries.sort((a, b) => compare(a.createdAt, b.createdAt) || compare(a.path, b.path));
  return { folder: basename(folder), entries, skipped };
}

const REPORT_NAME = 'report.html';

const compare = (a: string, b: string) => (a < b ? -1 : a > b ? 1 : 0);
