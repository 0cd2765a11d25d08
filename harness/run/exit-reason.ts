import type { ExitReason } from '../../errors/index.ts';
import type { Result } from '../../reports/model/index.ts';

/** How a session ends: a wrong output beats an invalid run, which beats a failed one. */
export function exitReasonOf(result: Result): ExitReason {
  const outcomes = new Set(result.cells.flatMap((cell) => cell.runs.map((run) => run.outcome)));
  if (outcomes.has('oracle-failed')) return 'oracle';
  if (outcomes.has('invalid')) return 'invalid';
  if (outcomes.has('failed')) return 'crash';
  return result.status === 'interrupted' ? 'interrupted' : 'ok';
}
