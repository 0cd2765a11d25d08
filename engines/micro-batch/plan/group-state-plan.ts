import type { GroupStateNode } from '../../pipeline/index.ts';
import type { EventTime, KeyPlan } from './batch-plan.ts';
import type { OperatorInput, PlannedOperator } from './planned-operator.ts';

export interface GroupStatePlan {
  readonly kind: 'group-state';
  /** The name that errors give. */
  readonly dataflow: string;
  readonly key: KeyPlan;
  readonly eventTime: EventTime | undefined;
  readonly node: GroupStateNode;
}

/** A function per group and batch (FlatMapGroupsWithState of Spark), which is given whole rows. */
export function planGroupState(
  node: GroupStateNode,
  { dataflow, key, eventTime }: OperatorInput,
): PlannedOperator {
  const operator: GroupStatePlan = { kind: 'group-state', dataflow, key: key as KeyPlan, eventTime, node };
  const mode = node.emit === 'final' ? 'append' : 'update';
  const label = `FlatMapGroupsWithState by [${operator.key.field}], rows by ${node.orderBy}, ${node.timeout} timeout, ${mode}`;
  return { operator, reads: 'all', label };
}
