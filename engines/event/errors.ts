import { defineErrors } from '../../errors/index.ts';

export const eventErrors = defineErrors({
  EVENT_CHECKPOINT_DAMAGED: {
    message: 'The checkpoint file {file} is not usable: {reason}.',
    hint: 'Delete the state folder and start again from the beginning of the input topics.',
    exit: 'crash',
  },
  EVENT_CHECKPOINT_MISMATCH: {
    message: 'Checkpoint {checkpointId} was made with {setting} {was}, and the pipeline now asks for {is}.',
    hint: 'Start with the setting as it was, or with an empty state folder and another consumer group.',
    exit: 'usage',
  },
  EVENT_CHECKPOINT_MISSING: {
    message:
      'The offsets committed for group {group} belong to checkpoint {checkpointId}, which {folder} does not hold.',
    hint: 'Give the state folder that belongs to this group, or use another consumer group to start from the beginning.',
    exit: 'usage',
  },
  EVENT_OFFSETS_GONE: {
    message:
      'Group {group} has no committed offsets, and {folder} holds checkpoints whose offsets were committed with it.',
    hint: 'Raise offsets.retention.minutes of the brokers beyond the longest outage. Going on would repeat outputs or leave some out: use another consumer group and an empty state folder to start from the beginning.',
    exit: 'usage',
  },
  EVENT_OFFSETS_DIFFER: {
    message:
      'The offset committed for group {group} at partition {partition} of {topic} is {committed}, and checkpoint {checkpointId} that it was committed with says {position}.',
    hint: 'Offsets of this group were reset, or some expired. Commit what the checkpoint says, or use another consumer group and an empty state folder to start from the beginning.',
    exit: 'usage',
  },
  EVENT_INPUT_GONE: {
    message:
      'Checkpoint {checkpointId} goes on at offset {position} of partition {partition} of {topic}, which holds offsets {first} to {end}.',
    hint: 'Records were deleted before they were read, or the topic was made anew. Raise retention.ms beyond the longest outage; use another consumer group and an empty state folder to start with what is there.',
    exit: 'usage',
  },
  EVENT_CHECKPOINT_FAILED: {
    message: 'The last checkpoint of the pipeline failed: {reason}.',
    hint: 'Make room or correct the rights of the state folder; the pipeline restarts from the checkpoint before and tries again.',
    exit: 'crash',
  },
  EVENT_CHECKPOINTS_FAILED: {
    message:
      '{failures} checkpoints failed in a row, and tolerableFailedCheckpoints is {tolerable}: {reason}',
    hint: 'Remove the reason, or raise checkpointTimeoutMs or tolerableFailedCheckpoints; the pipeline restarts from the last complete checkpoint.',
    exit: 'crash',
  },
  EVENT_SAVEPOINT_FAILED: {
    message: 'The savepoint in {folder} could not be written: {reason}',
    hint: 'Give a folder that is writable and has room. The checkpoint before it is complete; the pipeline restarts from it.',
    exit: 'crash',
  },
  EVENT_SAVEPOINT_MISSING: {
    message: 'The folder {folder} holds no complete savepoint.',
    hint: 'Give the folder that a stop with a savepoint wrote, where manifest.json stands; one without it was interrupted.',
    exit: 'usage',
  },
  EVENT_SAVEPOINT_OUTDATED: {
    message:
      'The offsets committed for group {group} belong to checkpoint {checkpointId}, which is not the savepoint to start from.',
    hint: 'Use another consumer group: outputs after the savepoint are visible already, and going on from it would repeat them.',
    exit: 'usage',
  },
  EVENT_TOPIC_UNBOUND: {
    message: 'The dataflow names "{name}", and the deployment gives no topic for it.',
    hint: 'Add "{name}" to the topics of the deployment.',
    exit: 'usage',
  },
  EVENT_SLOT_DIED: {
    message: 'Slot {slot} of the event-driven engine ended with code {exitCode}.',
    hint: 'All slots restart from the last checkpoint; look at the log of the run if it happens again.',
    exit: 'crash',
  },
});
