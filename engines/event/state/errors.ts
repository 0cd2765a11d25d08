import { defineErrors } from '../../../errors/index.ts';

/** Errors of keyed state and its snapshots. */
export const stateErrors = defineErrors({
  EVENT_SNAPSHOT_RUNNING: {
    message: 'A snapshot of this state is still being written.',
    hint: 'Wait until it is written, or release it, before the next one: lengthen the checkpoint interval.',
    exit: 'crash',
  },
  EVENT_SNAPSHOT_WRITE_FAILED: {
    message: 'The snapshot file {path} could not be written: {reason}',
    hint: 'Check that the state folder exists, is writable and has free space. The previous checkpoint remains valid.',
    exit: 'crash',
  },
  EVENT_SNAPSHOT_UNREADABLE: {
    message: 'The snapshot file {path} could not be read: {reason}',
    hint: 'Check that the state folder is complete; if the file is lost, restore from an earlier checkpoint.',
    exit: 'usage',
  },
  EVENT_SNAPSHOT_CORRUPT: {
    message: 'The snapshot file {path} is damaged: {reason}',
    hint: 'Restore from an earlier checkpoint, or start the run with an empty state folder.',
    exit: 'usage',
  },
  EVENT_SNAPSHOT_INCOMPATIBLE: {
    message: 'The snapshot file {path} does not fit this pipeline: {reason}',
    hint: 'Restore it with the dataflow and the maxParallelism that it was taken with, or start with an empty state folder.',
    exit: 'usage',
  },
  EVENT_STATE_STORE_FAILED: {
    message: 'The RocksDB state store in {path} failed: {reason}',
    hint: 'Check that the folder is writable and has free space; on Linux RocksDB also needs the system library libatomic.',
    exit: 'crash',
  },
  EVENT_STATE_NOT_PREFETCHED: {
    message: 'State "{table}" was used for a key that was not prefetched.',
    hint: 'This is a defect of the engine: please report it with the command that led here.',
    exit: 'crash',
  },
});
