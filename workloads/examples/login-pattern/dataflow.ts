import { type Dataflow, dataflow, OUTPUTS, pattern, type RowOf } from '../../authoring.ts';

/** One login attempt; `outcome` is SUCCESS or FAILED. */
export const LOGIN = { seq: 'int64', user: 'utf8', outcome: 'utf8', tsMs: 'int64' } as const;

/** Times are those of the first and the last of the five failures. */
const ALERT = {
  user: 'utf8',
  severity: 'utf8',
  reason: 'utf8',
  firstTsMs: 'int64',
  lastTsMs: 'int64',
} as const;

export const FAILED = 'FAILED';
export const WITHIN_MS = 30_000;

/** Of a user's attempts in one partition the times ascend. */
export const DELAY_MS = 0;

/** Five failures in a row within less than 30 s, per user; an alert starts the count again. */
export function loginPattern(): Dataflow {
  return dataflow('login-pattern')
    .source({ input: 'input', schema: LOGIN, deadLetterOutput: OUTPUTS.deadLetter })
    .withWatermark({
      field: 'tsMs',
      delayMs: DELAY_MS,
      idleTimeoutMs: 120_000,
      alignmentMaxDriftMs: 600_000,
    })
    .keyBy('user')
    .pattern({
      pattern: pattern<RowOf<typeof LOGIN>>('failures')
        .where(({ outcome }) => outcome === FAILED)
        .times(5)
        .consecutive()
        .within(WITHIN_MS)
        .skip({ kind: 'skipPastLastEvent' }),
      select: (user, { failures = [] }) => {
        const firstTsMs = failures[0]?.tsMs ?? 0;
        return {
          user: String(user),
          severity: 'HIGH',
          reason: `Five failures since ${firstTsMs}`,
          firstTsMs,
          lastTsMs: failures.at(-1)?.tsMs ?? 0,
        };
      },
      outputSchema: ALERT,
      late: { kind: 'count' },
    })
    .sink(OUTPUTS.result);
}
