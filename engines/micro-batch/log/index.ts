export type { BatchLog } from './batch-log.ts';
export { type CommitEntry, openCommitLog } from './commit-log.ts';
export { type CountingFileStore, countBytes } from './counting-file-store.ts';
export { openDiskFileStore } from './disk-file-store.ts';
export type { FileStore } from './file-store.ts';
export { lockFolder } from './folder-lock.ts';
export { createMemoryFileStore } from './memory-file-store.ts';
export { type OffsetEntry, openOffsetLog } from './offset-log.ts';
export { readQueryId } from './query-metadata.ts';
