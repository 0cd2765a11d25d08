import { z } from 'zod';
import { type BatchLog, type EntryFormat, openBatchLog } from './batch-log.ts';
import type { FileStore } from './file-store.ts';
import { linesOf, parseVersion } from './log-version.ts';

/** Of CommitLog of Spark: version 2 adds ids of state files, which only Spark's state stores need. */
const HIGHEST_VERSION = 2;

const commitSchema = z.object({
  nextBatchWatermarkMs: z.number().default(0),
  lateRecords: z.number().default(0),
  lateRowsSparkCount: z.number().default(0),
  deadLetters: z.number().default(0),
});

/**
 * A batch that is done. Beside Spark's `nextBatchWatermarkMs` it holds the counters summed over all batches up to
 * this one: a re-run starts from the commit before it, so they stay exact.
 */
export type CommitEntry = Readonly<z.infer<typeof commitSchema>>;

/** Spark's text (CommitLog): `v1`, then the metadata as JSON, or nothing. */
export const COMMIT_FORMAT: EntryFormat<CommitEntry> = {
  format: (entry) => `v1\n${JSON.stringify(entry)}`,
  parse(text) {
    const [version, metadata] = linesOf(text);
    if (version === undefined) throw new Error('the file is empty');
    parseVersion(version, HIGHEST_VERSION);
    return commitSchema.parse(JSON.parse(metadata ?? '{}'));
  },
};

export const openCommitLog = (files: FileStore): BatchLog<CommitEntry> =>
  openBatchLog(files, 'commits', COMMIT_FORMAT);
