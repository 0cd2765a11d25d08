import { defineErrors } from '../../errors/index.ts';

/** Errors of replay. */
export const replayErrors = defineErrors({
  REPLAY_RATE_IMPOSSIBLE: {
    message: 'Records cannot be sent at {ratePerSecond} a second.',
    hint: 'Give a rate above 0 and up to 1,000,000,000.',
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
