import type { FlatSchema } from '../log/index.ts';

/** One login attempt; `outcome` is SUCCESS or FAILED. */
export const LOGIN = {
  seq: 'int64',
  user: 'utf8',
  outcome: 'utf8',
  tsMs: 'int64',
} as const satisfies FlatSchema;

export const FAILED = 'FAILED';
export const SUCCESS = 'SUCCESS';
/** So many failures in a row raise an alert. */
export const ALERT_AFTER = 5;

/** `ordinal`: 1 for the user's first alert. Times are those of the first and the last of the five failures. */
export const ALERT = {
  user: 'utf8',
  severity: 'utf8',
  reason: 'utf8',
  firstTsMs: 'int64',
  lastTsMs: 'int64',
  ordinal: 'int64',
} as const satisfies FlatSchema;

export const SEVERITY = 'HIGH';

export function alertReason(firstTsMs: number): string {
  return `Five failures since ${firstTsMs}`;
}
