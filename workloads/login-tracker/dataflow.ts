import type { Dataflow, KeyedProcess } from '../../engines/pipeline/index.ts';
import { OUTPUTS } from '../workload.ts';
import { failureStreak } from './failure-streak.ts';
import { ALERT, LOGIN } from './records.ts';

/** Alerts on five failed logins in a row, per user. */
export function loginTracker(): Dataflow {
  return {
    name: 'login-tracker',
    nodes: [
      { kind: 'source', input: 'input', schema: LOGIN, deadLetterOutput: OUTPUTS.deadLetter },
      { kind: 'keyBy', field: 'user' },
      { kind: 'keyedProcess', process: failureStreak as KeyedProcess, orderBy: 'tsMs', outputSchema: ALERT },
      { kind: 'sink', output: OUTPUTS.result },
    ],
  };
}
