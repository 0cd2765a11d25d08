import { type Dataflow, dataflow } from '../../engines/pipeline/index.ts';
import { OUTPUTS } from '../workload.ts';
import { failureStreak } from './failure-streak.ts';
import { ALERT, LOGIN } from './records.ts';

/** Alerts on five failed logins in a row, per user. */
export function loginTracker(): Dataflow {
  return dataflow('login-tracker')
    .source({ input: 'input', schema: LOGIN, deadLetterOutput: OUTPUTS.deadLetter })
    .keyBy('user')
    .keyedProcess({ process: failureStreak, orderBy: 'tsMs', outputSchema: ALERT })
    .sink(OUTPUTS.result);
}
