import type { KeyedProcess, KeyedProcessNode, StateDeclarations } from '../../pipeline/index.ts';
import type { EventTime, KeyPlan } from './batch-plan.ts';
import type { OperatorInput, PlannedOperator } from './planned-operator.ts';

export interface ProcessPlan {
  readonly kind: 'process';
  /** The name that errors give. */
  readonly dataflow: string;
  readonly key: KeyPlan;
  readonly eventTime: EventTime | undefined;
  readonly process: KeyedProcess;
  readonly orderBy: string;
  readonly states: StateDeclarations;
}

/** A function per key, which is given whole rows. */
export function planProcess(
  { process, orderBy, states = {} }: KeyedProcessNode,
  { dataflow, key, eventTime }: OperatorInput,
): PlannedOperator {
  const operator: ProcessPlan = {
    kind: 'process',
    dataflow,
    key: key as KeyPlan,
    eventTime,
    process,
    orderBy,
    states,
  };
  return { operator, reads: 'all', label: `KeyedProcess by [${operator.key.field}], rows by ${orderBy}` };
}
