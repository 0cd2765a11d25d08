import { childrenOf, type RowPlan, withChildren, withRows } from '../logical-plan.ts';
import type { Rule } from './rule.ts';

/**
 * Takes the watermark from the greatest value of its column, in place of a look at each row. Only where functions stand on both
 * sides of it does it stay among them: one pass over the rows is cheaper there than columns in between.
 */
export const watermarkFromColumn: Rule = {
  name: 'watermark-from-column',
  summary: 'the watermark is the maximum of a column',
  apply: (plan) => withRows(plan, (rows) => visit(rows, false)),
};

function visit(rows: RowPlan, functionAbove: boolean): RowPlan {
  const below = withChildren(rows, (child) => visit(child, functionAbove || isFunction(rows)));
  const isAmongFunctions = functionAbove && childrenOf(rows).some(hasFunction);
  return below.kind === 'watermark' && !isAmongFunctions ? { ...below, seen: 'by-column' } : below;
}

/** Behind a union no pass over rows goes on. */
function hasFunction(rows: RowPlan): boolean {
  return isFunction(rows) || (rows.kind !== 'union' && childrenOf(rows).some(hasFunction));
}

/** Whether the node needs row objects. */
function isFunction({ kind, ...rest }: RowPlan): boolean {
  return (
    kind === 'map' ||
    kind === 'fused' ||
    (kind === 'filter' && !('condition' in rest && rest.condition !== undefined))
  );
}
