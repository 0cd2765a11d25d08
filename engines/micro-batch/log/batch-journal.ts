import type { BatchLog } from './batch-log.ts';
import { type CommitEntry, openCommitLog } from './commit-log.ts';
import type { FileStore } from './file-store.ts';
import { type OffsetEntry, openOffsetLog } from './offset-log.ts';

/** Writes down when batches begin and end, and so where a restart goes on. One batch at a time. */
export interface BatchJournal<End> {
  readonly offsets: BatchLog<OffsetEntry>;
  readonly commits: BatchLog<CommitEntry>;
  /** Before anything of the batch runs. */
  begin(batchId: number, entry: OffsetEntry): Promise<void>;
  /** When the batch's outputs are visible. `end` is where it ended. */
  commit(batchId: number, entry: CommitEntry, end: End): Promise<void>;
  /** Where a restart would go on; undefined before the first batch was written down. */
  readonly durableEnd: End | undefined;
  /** When there is no batch to run. */
  rest(): Promise<void>;
  /** Removes what no restart needs, below a batch. */
  purgeBelow(batchId: number): Promise<void>;
  /** Resolves when everything that was asked for is written down, the newest batch too. */
  close(): Promise<void>;
}

/** Each batch is written down before it goes on: what a crash leaves behind is one batch at most, which is run again as it was. */
export function openJournal<End>(files: FileStore): BatchJournal<End> {
  const offsets = openOffsetLog(files);
  const commits = openCommitLog(files);
  let durableEnd: End | undefined;
  return {
    offsets,
    commits,
    begin: (batchId, entry) => offsets.add(batchId, entry),
    async commit(batchId, entry, end) {
      await commits.add(batchId, entry);
      durableEnd = end;
    },
    get durableEnd() {
      return durableEnd;
    },
    async purgeBelow(batchId) {
      await Promise.all([offsets.purgeBelow(batchId), commits.purgeBelow(batchId)]);
    },
    rest: async () => {},
    close: async () => {},
  };
}
