import { count, sum } from '../../engines/pipeline/index.ts';
import type { RecordedLog } from '../log/index.ts';
import type { Oracle } from '../oracle.ts';
import { runningAggregatesOracle } from '../running-aggregates.ts';
import { PAYMENT } from './records.ts';

/** The output with count c must carry the total of the merchant's first c payments. */
export function spendOracle(log: RecordedLog): Oracle {
  return runningAggregatesOracle(log, {
    input: PAYMENT,
    key: 'merchant',
    aggregates: { count: count(), totalMinor: sum('amountMinor') },
  });
}
