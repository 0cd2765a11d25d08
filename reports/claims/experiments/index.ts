import type { Experiment } from '../experiment.ts';
import { CHECKPOINT_INTERVALS } from './checkpoint-intervals.ts';
import { EVENT_PATTERNS } from './event-patterns.ts';
import { EXACTLY_ONCE_KILLS } from './exactly-once-kills.ts';
import { EXTERNAL_STATE } from './external-state.ts';
import { LATE_RECORDS } from './late-records.ts';
import { LOGIN_FUNCTIONS } from './login-functions.ts';
import { RECOVERY_BY_STATE } from './recovery-by-state.ts';
import { RECOVERY_LARGE_STATE } from './recovery-large-state.ts';
import { TRIGGER_500 } from './trigger-500.ts';

export {
  CHECKPOINT_INTERVALS,
  EVENT_PATTERNS,
  EXACTLY_ONCE_KILLS,
  EXTERNAL_STATE,
  LATE_RECORDS,
  LOGIN_FUNCTIONS,
  RECOVERY_BY_STATE,
  RECOVERY_LARGE_STATE,
  TRIGGER_500,
};

/** In the order in which they run: what most claims need first. */
export const EXPERIMENTS: readonly Experiment[] = [
  TRIGGER_500,
  RECOVERY_BY_STATE,
  EXACTLY_ONCE_KILLS,
  CHECKPOINT_INTERVALS,
  EXTERNAL_STATE,
  LATE_RECORDS,
  LOGIN_FUNCTIONS,
  EVENT_PATTERNS,
  RECOVERY_LARGE_STATE,
];
