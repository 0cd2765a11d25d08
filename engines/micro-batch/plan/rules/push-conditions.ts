import type { FieldCondition } from '../../../pipeline/index.ts';
import { type RowPlan, transformUp, withRows } from '../logical-plan.ts';
import type { Rule } from './rule.ts';

/**
 * Moves filters that are data down into the source, where they spare a row its columns (Spark's PushDownPredicates). They pass other
 * filters and unions. A map stops them, since nobody knows what its function does, and so does a watermark: it sees the times of
 * all rows, also of those that a later filter drops. Spark lets filters pass its watermark, whose value then depends on them.
 */
export const pushConditions: Rule = {
  name: 'push-conditions',
  summary: 'filters that are data go below the decoding',
  apply: (plan) =>
    withRows(plan, (rows) =>
      transformUp(rows, (node) =>
        node.kind === 'filter' && node.condition !== undefined
          ? (pushInto(node.child, node.condition, (child) => ({ ...node, child })) ?? node)
          : node,
      ),
    ),
};

/** The rows with the condition further down; undefined where it cannot go there. */
function pushInto(
  rows: RowPlan,
  condition: FieldCondition,
  filtered: (child: RowPlan) => RowPlan,
): RowPlan | undefined {
  switch (rows.kind) {
    case 'source':
      return { ...rows, condition: both(rows.condition, condition) };
    case 'filter': {
      const child = pushInto(rows.child, condition, filtered);
      return child && { ...rows, child };
    }
    case 'union':
      return {
        ...rows,
        children: rows.children.map((child) => pushInto(child, condition, filtered) ?? filtered(child)),
      };
    case 'map':
    case 'fused':
    case 'watermark':
      return undefined;
  }
}

function both(first: FieldCondition | undefined, second: FieldCondition): FieldCondition {
  if (first === undefined) return second;
  const conditions = first.kind === 'and' ? first.conditions : [first];
  return { kind: 'and', conditions: [...conditions, second] };
}
