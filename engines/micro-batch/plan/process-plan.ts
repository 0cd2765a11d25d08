import type { KeyedProcess, KeyedProcessNode } from '../../pipeline/index.ts';
import type { EventTime, KeyPlan } from './batch-plan.ts';
import type { OperatorInput, PlannedOperator } from './planned-operator.ts';

export interface ProcessPlan {
  readonly kind: 'process';
  readonly key: KeyPlan;
  readonly eventTime: EventTime | undefined;
  readonly process: KeyedProcess;
  readonly orderBy: string;
}

/** A function per key, which is given whole rows. */
export function planProcess(
  { process, orderBy }: KeyedProcessNode,
  { key, eventTime }: OperatorInput,
): PlannedOperator {
  const operator: ProcessPlan = { kind: 'process', key: key as KeyPlan, eventTime, process, orderBy };
  return { operator, reads: 'all', label: `KeyedProcess by [${operator.key.field}], rows by ${orderBy}` };
}
