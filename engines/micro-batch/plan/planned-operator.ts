import type { DataflowNode, Schema, WindowNode } from '../../pipeline/index.ts';
import { planAggregate } from './aggregate-plan.ts';
import type { EventTime, KeyPlan, PlanOperator } from './batch-plan.ts';
import { planDeduplicate } from './deduplicate-plan.ts';
import { planGroupState } from './group-state-plan.ts';
import { planJoin } from './join-plan.ts';
import { planProcess } from './process-plan.ts';

/** An operator of a plan, and what the rules and `explain` have to know of it. */
export interface PlannedOperator {
  readonly operator: PlanOperator;
  /** Columns that it reads of the rows of each input. */
  readonly reads: readonly string[] | 'all';
  /** One line, for people: its kind, then what it was asked for. */
  readonly label: string;
}

/** What stands before an operator, of one of its inputs. */
export interface OperatorInput {
  /** Name of the dataflow, for errors. */
  readonly dataflow: string;
  readonly schema: Schema;
  /** Of the keyBy. */
  readonly key: KeyPlan | undefined;
  /** Of the watermark. */
  readonly eventTime: EventTime | undefined;
  readonly window: WindowNode | undefined;
}

/** Without key and state: rows leave as the steps made them. */
export const PASS_THROUGH: PlannedOperator = {
  operator: { kind: 'pass-through' },
  reads: 'all',
  label: 'PassThrough',
};

/** The operator that a node of a dataflow asks for; undefined for nodes that are none. */
export function planOperator(
  node: DataflowNode,
  inputs: readonly OperatorInput[],
): PlannedOperator | undefined {
  const input = inputs[0] as OperatorInput;
  switch (node.kind) {
    case 'aggregate':
      return planAggregate(node, input);
    case 'deduplicate':
      return planDeduplicate(node, input);
    case 'groupState':
      return planGroupState(node, input);
    case 'keyedProcess':
      return planProcess(node, input);
    case 'intervalJoin':
      return planJoin(node, inputs);
    default:
      return undefined;
  }
}
