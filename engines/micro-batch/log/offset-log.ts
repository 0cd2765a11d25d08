import { z } from 'zod';
import { type BatchLog, type EntryFormat, openBatchLog } from './batch-log.ts';
import type { FileStore } from './file-store.ts';

const metadataSchema = z.object({
  batchWatermarkMs: z.number(),
  batchTimestampMs: z.number(),
  conf: z.record(z.string(), z.string()).default({}),
});

/** What a batch was decided to be, before anything of it runs: everything a re-run needs. */
export interface OffsetEntry {
  readonly batchWatermarkMs: number;
  readonly batchTimestampMs: number;
  /** Settings that must not change while state exists. */
  readonly conf: Readonly<Record<string, string>>;
  /** End offsets, one text a source; null where a source gives nothing. */
  readonly sources: readonly (string | null)[];
}

/** Spark's text (OffsetSeqLog, semantics B11): `v1`, the metadata as JSON, then a line a source, `-` for none. */
export const OFFSET_FORMAT: EntryFormat<OffsetEntry> = {
  format({ batchWatermarkMs, batchTimestampMs, conf, sources }) {
    const metadata = JSON.stringify({ batchWatermarkMs, batchTimestampMs, conf });
    return ['v1', metadata, ...sources.map((source) => source ?? '-')].join('\n');
  },
  parse(text) {
    const [version, metadata, ...sources] = text.split('\n');
    if (version !== 'v1') throw new Error(`version ${version} instead of v1`);
    if (metadata === undefined) throw new Error('the metadata line is missing');
    return {
      ...metadataSchema.parse(JSON.parse(metadata)),
      sources: sources.map((source) => (source === '-' ? null : source)),
    };
  },
};

export const openOffsetLog = (files: FileStore): BatchLog<OffsetEntry> =>
  openBatchLog(files, 'offsets', OFFSET_FORMAT);
