export {
  type KeyedStateTable,
  type StateBackend,
  type StatePart,
  type ValueCodec,
  VOID_NAMESPACE,
} from './backend.ts';
export { ByteReader, ByteWriter } from './bytes.ts';
export { CopyOnWriteGroup, type SnapshotScope, type VersionedEntry } from './copy-on-write.ts';
export { createHeapBackend } from './heap-backend.ts';
export { readKey, writeKey } from './key-bytes.ts';
export { type Key, type KeyGroupRange, keyGroupOf, keyGroupRangeOf, slotOf } from './key-group.ts';
export { openRocksDbBackend } from './rocksdb-backend.ts';
export { readSnapshotFile, type SnapshotSection, writeSnapshotFile } from './snapshot-file.ts';
