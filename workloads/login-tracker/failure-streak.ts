import type { KeyedProcess } from '../../engines/pipeline/index.ts';
import { ALERT_AFTER, alertReason, FAILED, SEVERITY } from './records.ts';

/** One user's state. `failures` in a row since the last success or alert; `firstTsMs` is the first one's time; `alerts` raised so far. */
type Streak = { readonly failures: number; readonly firstTsMs: number; readonly alerts: number };

/** An alert after five failures in a row; a success, or the alert itself, starts the count again. */
export const failureStreak: KeyedProcess<Streak> = {
  processRows(rows, context) {
    let { failures, firstTsMs, alerts } = context.state ?? { failures: 0, firstTsMs: 0, alerts: 0 };
    for (const row of rows) {
      const tsMs = row.tsMs as number;
      if (row.outcome !== FAILED) {
        failures = 0;
        firstTsMs = 0;
        continue;
      }
      if (failures === 0) firstTsMs = tsMs;
      failures += 1;
      if (failures < ALERT_AFTER) continue;
      alerts += 1;
      context.emit({
        user: context.key,
        severity: SEVERITY,
        reason: alertReason(firstTsMs),
        firstTsMs,
        lastTsMs: tsMs,
        ordinal: alerts,
      });
      failures = 0;
      firstTsMs = 0;
    }
    if (failures === 0 && alerts === 0) context.clearState();
    else context.setState({ failures, firstTsMs, alerts });
  },
};
