import { fuseRows } from './fuse-rows.ts';
import { partialAggregation } from './partial-aggregation.ts';
import { pruneColumns } from './prune-columns.ts';
import { pushConditions } from './push-conditions.ts';
import type { Rule } from './rule.ts';
import { watermarkFromColumn } from './watermark-from-column.ts';

export type { Rule } from './rule.ts';

/** In the order in which they are applied, once each. */
export const RULES: readonly Rule[] = [
  pushConditions,
  watermarkFromColumn,
  fuseRows,
  pruneColumns,
  partialAggregation,
];
