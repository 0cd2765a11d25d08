import type { CompletedResult, Row } from '../../authoring.ts';
import { FAILED, WITHIN_MS } from './dataflow.ts';

/**
 * The alerts of one user's attempts, by trying each failure as the first: the four attempts after it must be failures too, the fifth less than
 * 30 s after the first. What an alert took is taken.
 */
export function alertsOf(attempts: readonly Row[]): readonly CompletedResult[] {
  const alerts: CompletedResult[] = [];
  for (let first = 0; first + 5 <= attempts.length; first += 1) {
    const five = attempts.slice(first, first + 5);
    const [firstTsMs, lastTsMs] = [Number(five[0]?.tsMs), Number(five[4]?.tsMs)];
    if (!five.every(({ outcome }) => outcome === FAILED) || lastTsMs - firstTsMs >= WITHIN_MS) continue;
    const reason = `Five failures since ${firstTsMs}`;
    const result = { user: String(five[0]?.user), severity: 'HIGH', reason, firstTsMs, lastTsMs };
    alerts.push({ result, completedBy: first + 4 });
    first += 4;
  }
  return alerts;
}
