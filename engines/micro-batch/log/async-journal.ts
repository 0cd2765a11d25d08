import type { BatchJournal } from './batch-journal.ts';
import { type CommitEntry, openCommitLog } from './commit-log.ts';
import type { FileStore } from './file-store.ts';
import { type OffsetEntry, openOffsetLog } from './offset-log.ts';

interface AsyncJournalOptions {
  readonly files: FileStore;
  /** From one batch that is written down to the next, at least; 0 writes down each. */
  readonly intervalMs: number;
  readonly nowMs: () => number;
}

interface CommittedBatch<End> {
  readonly batchId: number;
  readonly offsets: OffsetEntry;
  readonly commit: CommitEntry;
  readonly end: End;
}

/**
 * Writes batches down beside the work, and only one each interval, after AsyncProgressTrackingMicroBatchExecution of Spark: no batch waits for the
 * disk. What a crash leaves behind are all batches since the last that was written down. They are run again, as one, so outputs come twice that did
 * not without it; state would be of another batch than the logs, so there must be none. A failure to write is told by the next call.
 *
 * Beyond Spark an orderly close writes down the newest batch, so that only crashes repeat anything.
 */
export function openAsyncJournal<End>({ files, intervalMs, nowMs }: AsyncJournalOptions): BatchJournal<End> {
  const offsets = openOffsetLog(files);
  const commits = openCommitLog(files);
  let lastWriteMs = Number.NEGATIVE_INFINITY;
  let open:
    | { readonly batchId: number; readonly entry: OffsetEntry; readonly isWritten: boolean }
    | undefined;
  let newest: CommittedBatch<End> | undefined;
  let durable: { readonly batchId: number; readonly end: End } | undefined;
  let purgedBelow = 0;
  let writes: Promise<void> = Promise.resolve();
  let failure: { readonly error: unknown } | undefined;

  const requireWritable = (): void => {
    if (failure !== undefined) throw failure.error;
  };
  /** In the order of the calls, one after the other. */
  const write = (action: () => Promise<void>): void => {
    writes = writes.then(async () => {
      if (failure !== undefined) return;
      try {
        await action();
      } catch (error) {
        failure = { error };
      }
    });
  };
  const writeCommit = (batchId: number, entry: CommitEntry, end: End): void =>
    write(async () => {
      await commits.add(batchId, entry);
      durable = { batchId, end };
    });
  /** Unless it is already, or on its way. */
  const writeNewest = (): void => {
    const last = newest;
    if (last === undefined) return;
    newest = undefined;
    lastWriteMs = nowMs();
    write(() => offsets.add(last.batchId, last.offsets));
    writeCommit(last.batchId, last.commit, last.end);
  };

  return {
    offsets,
    commits,
    async begin(batchId, entry) {
      requireWritable();
      const isWritten = nowMs() - lastWriteMs >= intervalMs;
      open = { batchId, entry, isWritten };
      if (!isWritten) return;
      lastWriteMs = nowMs();
      write(() => offsets.add(batchId, entry));
    },
    async commit(batchId, entry, end) {
      requireWritable();
      // A batch that is run again does not begin here: its offsets are in the log.
      const begun = open?.batchId === batchId && !open.isWritten ? open : undefined;
      newest = begun && { batchId, offsets: begun.entry, commit: entry, end };
      if (begun === undefined) writeCommit(batchId, entry, end);
    },
    get durableEnd() {
      return durable?.end;
    },
    async purgeBelow(batchId) {
      requireWritable();
      // The newest that is written down is where a restart begins.
      const below = Math.min(batchId, durable?.batchId ?? 0);
      if (below <= purgedBelow) return;
      purgedBelow = below;
      write(async () => {
        await offsets.purgeBelow(below);
        await commits.purgeBelow(below);
      });
    },
    async rest() {
      requireWritable();
      if (nowMs() - lastWriteMs >= intervalMs) writeNewest();
    },
    async close() {
      writeNewest();
      await writes;
      requireWritable();
    },
  };
}
