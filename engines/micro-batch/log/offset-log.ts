import { z } from 'zod';
import { type BatchLog, type EntryFormat, openBatchLog } from './batch-log.ts';
import type { FileStore } from './file-store.ts';
import { linesOf, parseVersion } from './log-version.ts';

/** Of OffsetSeqLog of Spark: in version 2 each source's line begins with its id. */
const HIGHEST_VERSION = 2;

const metadataSchema = z.object({
  batchWatermarkMs: z.number().default(0),
  batchTimestampMs: z.number().default(0),
  conf: z.record(z.string(), z.coerce.string()).default({}),
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

const VOID = '-';

/** Spark's text (OffsetSeqLog, semantics B11): `v1`, the metadata as JSON, then a line a source, `-` for none. */
export const OFFSET_FORMAT: EntryFormat<OffsetEntry> = {
  format({ batchWatermarkMs, batchTimestampMs, conf, sources }) {
    const metadata = JSON.stringify({ batchWatermarkMs, batchTimestampMs, conf });
    return ['v1', metadata, ...sources.map((source) => source ?? VOID)].join('\n');
  },
  parse(text) {
    const [first, metadata, ...sources] = linesOf(text);
    if (first === undefined) throw new Error('the file is empty');
    const version = parseVersion(first, HIGHEST_VERSION);
    if (metadata === undefined) throw new Error('the metadata line is missing');
    const offsets = version === 1 ? sources : inOrder(sources);
    return {
      ...metadataSchema.parse(metadata.trim() === '' ? {} : JSON.parse(metadata)),
      sources: offsets.map((source) => (source === VOID ? null : source)),
    };
  },
};

/** Offsets of version 2, `id:offset` a line in no order, by id: sources are numbered from 0 there. */
function inOrder(lines: readonly string[]): readonly string[] {
  const offsets: string[] = [];
  for (const line of lines) {
    const colon = line.indexOf(':');
    const id = line.slice(0, colon);
    if (colon === -1 || !/^\d+$/.test(id) || Number(id) >= lines.length) {
      throw new Error(`${JSON.stringify(line)} is no offset of one of ${lines.length} numbered sources`);
    }
    offsets[Number(id)] = line.slice(colon + 1);
  }
  return offsets;
}

export const openOffsetLog = (files: FileStore): BatchLog<OffsetEntry> =>
  openBatchLog(files, 'offsets', OFFSET_FORMAT);
