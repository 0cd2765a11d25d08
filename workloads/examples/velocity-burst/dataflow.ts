import { type Dataflow, dataflow, OUTPUTS, pattern, type RowOf } from '../../authoring.ts';

/** One payment: from which device, out of which account. */
export const PAYMENT = {
  seq: 'int64',
  device: 'utf8',
  account: 'int64',
  amountMinor: 'int64',
  tsMs: 'int64',
} as const;

const BURST = {
  device: 'utf8',
  accounts: 'int64',
  totalMinor: 'int64',
  firstTsMs: 'int64',
  lastTsMs: 'int64',
} as const;

/** So many different accounts make a burst. */
export const ACCOUNTS = 4;
export const WITHIN_MS = 60_000;
export const DELAY_MS = 0;

/**
 * A velocity burst across accounts: one device pays out of four different accounts within less than a minute. Payments out of accounts that
 * the burst has already are left out of it.
 */
export function velocityBurst(): Dataflow {
  type Payment = RowOf<typeof PAYMENT>;
  return dataflow('velocity-burst')
    .source({ input: 'input', schema: PAYMENT, deadLetterOutput: OUTPUTS.deadLetter })
    .withWatermark({
      field: 'tsMs',
      delayMs: DELAY_MS,
      idleTimeoutMs: 120_000,
      alignmentMaxDriftMs: 600_000,
    })
    .keyBy('device')
    .pattern({
      pattern: pattern<Payment>('first')
        .followedBy('others')
        .where(({ account }, burst) => {
          const isSame = (earlier: Payment): boolean => earlier.account === account;
          return !burst.eventsOf('first').some(isSame) && !burst.eventsOf('others').some(isSame);
        })
        .times(ACCOUNTS - 1)
        .within(WITHIN_MS)
        .skip({ kind: 'skipPastLastEvent' }),
      select: (device, { first = [], others = [] }) => {
        const payments = [...first, ...others];
        return {
          device: String(device),
          accounts: payments.length,
          totalMinor: payments.reduce((total, { amountMinor }) => total + amountMinor, 0),
          firstTsMs: payments[0]?.tsMs ?? 0,
          lastTsMs: payments.at(-1)?.tsMs ?? 0,
        };
      },
      outputSchema: BURST,
      late: { kind: 'count' },
    })
    .sink(OUTPUTS.result);
}
