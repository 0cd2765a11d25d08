import type { FlatSchema } from '../log/index.ts';

/** One payment. */
export const PAYMENT = {
  seq: 'int64',
  merchant: 'utf8',
  amountMinor: 'int64',
  tsMs: 'int64',
} as const satisfies FlatSchema;

/** What a merchant has taken so far. */
export const SPEND = { merchant: 'utf8', count: 'int64', totalMinor: 'int64' } as const satisfies FlatSchema;
