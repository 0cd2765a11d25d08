import type { EngineMutant } from '../../pipeline/index.ts';
import type { Operator } from '../execution/index.ts';

/** late-kept: no row is late, so closed windows come again with what came too late for them. */
export function mutateOperator(mutant: EngineMutant | undefined, operator: Operator): Operator {
  if (mutant !== 'late-kept') return operator;
  return {
    wantsNoDataBatches: operator.wantsNoDataBatches,
    run: (batch) =>
      operator.run({ ...batch, watermarks: { ...batch.watermarks, lateMs: Number.NEGATIVE_INFINITY } }),
    maintain: (oldestVersion) => operator.maintain(oldestVersion),
  };
}
