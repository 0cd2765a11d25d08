import type { Experiment } from '../experiment.ts';
import { BACK_TO_BACK } from './back-to-back.ts';
import { CHECKPOINT_INTERVALS } from './checkpoint-intervals.ts';
import { DEFAULT_LATENCY } from './default-latency.ts';
import { EVENT_PATTERNS } from './event-patterns.ts';
import { EXACTLY_ONCE_KILLS } from './exactly-once-kills.ts';
import { EXTERNAL_STATE } from './external-state.ts';
import { LATE_RECORDS } from './late-records.ts';
import { LOGIN_FUNCTIONS } from './login-functions.ts';
import { PAYMENTS_50K } from './payments-50k.ts';
import { RECOVERY_BY_STATE } from './recovery-by-state.ts';
import { RECOVERY_LARGE_STATE } from './recovery-large-state.ts';
import { BACKLOG_DRAIN, SUSTAINABLE_2S } from './throughput.ts';
import { TRIGGER_500 } from './trigger-500.ts';
import { TUNED_LATENCY } from './tuned-latency.ts';

export {
  BACK_TO_BACK,
  BACKLOG_DRAIN,
  CHECKPOINT_INTERVALS,
  DEFAULT_LATENCY,
  EVENT_PATTERNS,
  EXACTLY_ONCE_KILLS,
  EXTERNAL_STATE,
  LATE_RECORDS,
  LOGIN_FUNCTIONS,
  PAYMENTS_50K,
  RECOVERY_BY_STATE,
  RECOVERY_LARGE_STATE,
  SUSTAINABLE_2S,
  TRIGGER_500,
  TUNED_LATENCY,
};

/** In the order in which they run: what most claims need first. */
export const EXPERIMENTS: readonly Experiment[] = [
  DEFAULT_LATENCY,
  TUNED_LATENCY,
  TRIGGER_500,
  PAYMENTS_50K,
  BACKLOG_DRAIN,
  SUSTAINABLE_2S,
  BACK_TO_BACK,
  RECOVERY_BY_STATE,
  EXACTLY_ONCE_KILLS,
  CHECKPOINT_INTERVALS,
  EXTERNAL_STATE,
  LATE_RECORDS,
  LOGIN_FUNCTIONS,
  EVENT_PATTERNS,
  RECOVERY_LARGE_STATE,
];
