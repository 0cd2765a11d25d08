import type { KeyedProcess, KeyedProcessNode } from '../../pipeline/index.ts';
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
}

/** A function per key, which is given whole rows. */
export function planProcess(
  { process, orderBy }: KeyedProcessNode,
  { dataflow, key, eventTime }: OperatorInput,
): PlannedOperator {
  const operator: ProcessPlan = {
    kind: 'process',
    dataflow,
    key: key as KeyPlan,
    eventTime,
    process,
    orderBy,
  };
  return { operator, reads: 'all', label: `KeyedProcess by [${operator.key.field}], rows by ${orderBy}` };
}
