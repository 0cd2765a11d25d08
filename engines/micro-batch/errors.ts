import { defineErrors } from '../../errors/index.ts';

/** What can go wrong in the micro-batch engine and is nobody's programming error. */
export const microBatchErrors = defineErrors({
  MICRO_BATCH_LOG_CORRUPT: {
    message: 'The batch log file {file} cannot be read: {reason}.',
    hint: 'The state folder was damaged or written by another version. Start the pipeline with an empty state folder.',
    exit: 'invalid',
  },
  MICRO_BATCH_LOG_NEWER: {
    message:
      'The batch log file {file} is of version {version}, and the highest that can be read is {highest}.',
    hint: 'A newer version wrote it. Go on with that one, or start the pipeline with an empty state folder.',
    exit: 'usage',
  },
  MICRO_BATCH_FOLDER_IN_USE: {
    message: 'Process {processId} works on the state folder {folder}.',
    hint: 'Stop it, or give this run a state folder of its own. Of a process that was killed nothing remains in the way.',
    exit: 'usage',
  },
  MICRO_BATCH_SETTING_FIXED: {
    message: 'The state folder was written with {setting}={logged}, and this run asks for {setting}={asked}.',
    hint: 'Go on with micro-batch.{setting}={logged}, or start the pipeline with an empty state folder.',
    exit: 'usage',
  },
  MICRO_BATCH_ASYNC_PROGRESS: {
    message: 'Asynchronous progress tracking cannot be used with {what}.',
    hint: 'A crash makes it repeat several batches as one, so it needs at-least-once, a dataflow without state and a trigger that goes on. Leave asyncProgressTracking off, or change the other.',
    exit: 'usage',
  },
  MICRO_BATCH_LOG_TAKEN: {
    message: 'Batch {batchId} is already in the log {log}: another run works on the same state folder.',
    hint: 'Stop the other run, or give this one a state folder of its own.',
    exit: 'usage',
  },
  MICRO_BATCH_LOG_GAP: {
    message:
      'The logs do not fit together: newest offsets are of batch {offsetsBatch}, newest commit of batch {commitBatch}.',
    hint: 'Files are missing in the state folder. Restore it whole, or start with an empty one.',
    exit: 'invalid',
  },
  MICRO_BATCH_STATE_MISSING: {
    message: 'State version {version} cannot be loaded from {folder}: {file} is missing.',
    hint: 'The version is older than retainedBatches, or files were deleted. Start the pipeline with an empty state folder.',
    exit: 'invalid',
  },
  MICRO_BATCH_STATE_CORRUPT: {
    message: 'The state file {file} cannot be read: {reason}.',
    hint: 'The state folder was damaged. Start the pipeline with an empty state folder.',
    exit: 'invalid',
  },
  MICRO_BATCH_STATE_STORE_FAILED: {
    message: 'RocksDB failed in {folder}: {reason}.',
    hint: 'Look for a full disk, or for another run on the same state folder. The folder may be deleted: the state is made again from its files.',
    exit: 'crash',
  },
  MICRO_BATCH_STATE_LOST: {
    message: 'Version {wanted} of the state was committed, but {store} stands at version {present}.',
    hint: 'Redis lost what it had not written to its disk, or was emptied. Start the pipeline with an empty state folder, and let Redis append to a file (appendonly yes).',
    exit: 'invalid',
  },
  MICRO_BATCH_STATE_TAKEN: {
    message: 'Another run loaded the state in {store} since this one did.',
    hint: 'Stop the other run, or give this one a state folder of its own.',
    exit: 'usage',
  },
  MICRO_BATCH_REDIS_UNREACHABLE: {
    message: 'Redis at {address} did not answer for {waitMs} ms: {reason}.',
    hint: 'Start Redis and the pipeline again: it goes on after its last committed batch. redisWaitMs says how long is waited.',
    exit: 'crash',
  },
  MICRO_BATCH_REDIS_FAILED: {
    message: 'Redis at {address} refused a command: {reason}.',
    hint: 'Redis 6 or newer is needed, with the right to run EVAL, and with memory for the state and for the changes of retainedBatches.',
    exit: 'crash',
  },
  MICRO_BATCH_REDIS_MISSING: {
    message: 'There is no redis-server in the PATH.',
    hint: 'Install Redis (Debian: apt-get install redis-server), or name a server that runs: stateProvider=redis://host:6379/0.',
    exit: 'usage',
  },
  MICRO_BATCH_TASK_DIED: {
    message: 'Task thread {thread} ended with exit code {exitCode}.',
    hint: 'The batch fails and the engine restarts. If it happens again, look into the engine log; out of memory means a larger heapMb or a smaller maxRecordsPerBatch.',
    exit: 'crash',
  },
  MICRO_BATCH_OFFSETS_LOST: {
    message:
      'Partition {partition} of {topic} starts at offset {available}, but the batch log asks for {wanted}.',
    hint: 'The topic was recreated or its retention removed records that were not processed. Start with an empty state folder.',
    exit: 'invalid',
  },
  MICRO_BATCH_PARTITIONS_CHANGED: {
    message: '{topic} has {present} partitions, but the batch log was written for {logged}.',
    hint: 'Start the pipeline with an empty state folder: a changed partition count moves keys.',
    exit: 'usage',
  },
  MICRO_BATCH_FOREACH_FAILED: {
    message: 'The foreachBatch function of dataflow "{dataflow}" failed in batch {batchId}: {reason}',
    hint: 'Correct the function: the batch is run again with the same id and rows. Its stack is in the log.',
    exit: 'crash',
  },
  MICRO_BATCH_FUNCTION_FAILED: {
    message:
      'The function {function} of dataflow "{dataflow}" failed for key {key} in batch {batchId}: {reason}',
    hint: 'Correct the function: the batch is run again with the same rows, and fails again. Its stack is in the log.',
    exit: 'crash',
  },
  MICRO_BATCH_TIMEOUT_INVALID: {
    message:
      'The groupState function of dataflow "{dataflow}" set a timeout of {timeMs} ms for key {key}: {reason}.',
    hint: 'Set event-time timeouts by setTimeoutTimestamp, not below currentWatermarkMs, and processing-time timeouts by setTimeoutDuration, above 0.',
    exit: 'usage',
  },
  MICRO_BATCH_QUERY_REFUSED: {
    message: 'Dataflow "{dataflow}" cannot run in micro-batches: {reason}.',
    hint: 'Ask for another window, key or emit; the event engine may have what you need (docs/capabilities.md).',
    exit: 'usage',
  },
});

/** @param what it does not go with */
export const asyncProgressRefused = (what: string) =>
  microBatchErrors.error('MICRO_BATCH_ASYNC_PROGRESS', { what });
