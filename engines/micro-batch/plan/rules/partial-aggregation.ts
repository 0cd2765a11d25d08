import type { Rule } from './rule.ts';

/**
 * Lets each input partition aggregate its rows, so that groups are exchanged and not rows (Spark's partial and final HashAggregate).
 * Sessions and aggregates of the user's are another operator, whose rows are exchanged.
 */
export const partialAggregation: Rule = {
  name: 'partial-aggregation',
  summary: 'each partition aggregates before the exchange',
  apply: (plan) => {
    const { operator } = plan.planned;
    if (operator.kind !== 'aggregate') return plan;
    return { ...plan, planned: { ...plan.planned, operator: { ...operator, partial: true } } };
  },
};
