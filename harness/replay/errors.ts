import { defineErrors } from '../../errors/index.ts';

/** Errors of replay. */
export const replayErrors = defineErrors({
  REPLAY_RATE_IMPOSSIBLE: {
    message: 'Records cannot be sent at {ratePerSecond} a second.',
    hint: 'Give a rate above 0 and up to 1,000,000,000.',
    exit: 'usage',
  },
  REPLAY_SCHEDULE_INVALID: {
    message: 'The schedule {schedule} cannot be followed: {problem}.',
    hint: 'Give constant:RATE, ramp:FROM-TO/DURATION or burst:BASE-BURST/PERIOD/LENGTH, as in constant:5000, ramp:1000-20000/30s or burst:5000-20000/10s/1s.',
    exit: 'usage',
  },
  REPLAY_PRODUCERS_INVALID: {
    message: 'A log of {partitions} partitions cannot be sent by {producers} producers.',
    hint: 'Give a whole number of producers, from 1 to the number of partitions: each sends the records of partitions of its own.',
    exit: 'usage',
  },
  REPLAY_NOT_RECORDED: {
    message: 'The log of {workload} was generated: it has no instants of a recording to follow.',
    hint: 'Give another --schedule, or a workload over a log of `npx crosscurrent log record`.',
    exit: 'usage',
  },
  REPLAY_BEHIND: {
    message: 'Kafka is behind: {pendingMb} MB of records were sent and not acknowledged.',
    hint: 'Lower --rate: this broker cannot take it. `npx crosscurrent broker` shows how to use another.',
    exit: 'invalid',
  },
  REPLAY_TOPIC_TOO_SMALL: {
    message: 'The topic {topic} has {found} partitions, the log needs {needed}.',
    hint: 'Create the topic with as many partitions as the log has (--partitions).',
    exit: 'usage',
  },
});
