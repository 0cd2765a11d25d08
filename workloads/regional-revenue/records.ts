import type { FlatSchema } from '../log/index.ts';

/** One sale. */
export const SALE = {
  seq: 'int64',
  region: 'utf8',
  amountMinor: 'int64',
  eventTimeMs: 'int64',
} as const satisfies FlatSchema;

/** One region's window. */
export const REVENUE = {
  region: 'utf8',
  windowStartMs: 'int64',
  windowEndMs: 'int64',
  count: 'int64',
  totalMinor: 'int64',
} as const satisfies FlatSchema;

/** Regions of this name hold no sales: their records, the last of each partition, close the windows of the others. */
export const SENTINEL_PREFIX = 'sentinel-';

export function isSentinel(region: string): boolean {
  return region.startsWith(SENTINEL_PREFIX);
}
