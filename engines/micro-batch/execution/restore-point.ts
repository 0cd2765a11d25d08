import { microBatchErrors } from '../errors.ts';
import type { BatchJournal, CommitEntry, FileStore, OffsetEntry } from '../log/index.ts';
import { formatOffsets, parseOffsets, parseSequence } from './offset-text.ts';
import type { BatchSource, OffsetSequence, Offsets } from './ports.ts';

/** Where a pipeline stands according to its logs. */
export interface RestorePoint {
  readonly nextBatchId: number;
  /** End offsets of the last committed batch: where the next one begins. */
  readonly committedEnd: OffsetSequence;
  /** The watermark that the batch before the next one ran with. */
  readonly previousWatermarkMs: number;
  /** The watermark that the next batch runs with. */
  readonly watermarkMs: number;
  readonly counters: CommitEntry;
  /** The next batch as it was already logged: to be run again exactly so. */
  readonly pending: OffsetEntry | undefined;
  /** Settings that the logs were written with; undefined at the first start. */
  readonly conf: Readonly<Record<string, string>> | undefined;
}

/** Stands in the log where progress was tracked asynchronously: batches in between are missing, and the newest begins where the last committed one ended. */
export const ASYNC_PROGRESS = 'asyncProgressTracking';

const NOTHING: CommitEntry = {
  nextBatchWatermarkMs: 0,
  lateRecords: 0,
  lateRowsSparkCount: 0,
  deadLetters: 0,
};

/**
 * Reads the logs by rule B10 (MicroBatchExecution.populateStartOffsets of Spark): offsets N without commit N is run
 * again as logged, offsets and commit N means batch N + 1 is next, anything else is an error. The offsets of the very
 * first start are kept in a file of their own, as in Spark.
 */
export async function readRestorePoint(
  files: FileStore,
  journal: BatchJournal<unknown>,
  sources: readonly BatchSource[],
): Promise<RestorePoint> {
  const offsets = await journal.offsets.latest();
  const commit = await journal.commits.latest();
  if (offsets === undefined) {
    if (commit !== undefined) throw gap(-1, commit.batchId);
    return {
      nextBatchId: 0,
      committedEnd: await initialSequence(files, sources),
      previousWatermarkMs: 0,
      watermarkMs: 0,
      counters: NOTHING,
      pending: undefined,
      conf: undefined,
    };
  }
  const { batchId, entry } = offsets;
  const committedBatch = commit?.batchId ?? -1;
  const { conf } = entry;
  if (committedBatch === batchId) {
    const counters = commit?.entry ?? NOTHING;
    return {
      nextBatchId: batchId + 1,
      committedEnd: parseSequence(sources, entry.sources),
      previousWatermarkMs: entry.batchWatermarkMs,
      watermarkMs: Math.max(entry.batchWatermarkMs, counters.nextBatchWatermarkMs),
      counters,
      pending: undefined,
      conf,
    };
  }
  const hasGaps = conf[ASYNC_PROGRESS] === 'true';
  const isNext = hasGaps ? committedBatch < batchId : committedBatch === batchId - 1;
  const before = committedBatch === -1 ? undefined : await journal.offsets.get(committedBatch);
  if (!isNext || (committedBatch !== -1 && before === undefined)) {
    throw gap(batchId, committedBatch);
  }
  return {
    nextBatchId: batchId,
    committedEnd:
      before === undefined ? await initialSequence(files, sources) : parseSequence(sources, before.sources),
    previousWatermarkMs: before?.batchWatermarkMs ?? 0,
    watermarkMs: entry.batchWatermarkMs,
    counters: commit?.entry ?? NOTHING,
    pending: entry,
    conf,
  };
}

function initialSequence(files: FileStore, sources: readonly BatchSource[]): Promise<OffsetSequence> {
  return Promise.all(sources.map((source, index) => initialOffsets(files, source, index)));
}

async function initialOffsets(files: FileStore, source: BatchSource, index: number): Promise<Offsets> {
  const path = `sources/${index}/0`;
  const known = await files.read(path);
  if (known !== undefined) return parseOffsets(source.name, known.split('\n')[1]);
  const earliest = await source.earliestOffsets();
  await files.replace(path, `v1\n${formatOffsets(source.name, earliest)}`);
  return earliest;
}

function gap(offsetsBatch: number, commitBatch: number) {
  return microBatchErrors.error('MICRO_BATCH_LOG_GAP', { offsetsBatch, commitBatch });
}
