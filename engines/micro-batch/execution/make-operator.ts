import type { PlanOperator } from '../plan/index.ts';
import type { StateStoreFactory, StateStoreProvider, ValueCodec } from '../state/index.ts';
import { AggregateOperator } from './aggregate-operator.ts';
import { storedPageCodec } from './declared-pages.ts';
import { DeduplicateOperator, expiryCodec } from './deduplicate-operator.ts';
import { groupStateCodec } from './group-state-codec.ts';
import { GroupStateOperator, groupCodec } from './group-state-operator.ts';
import { bucketCodec } from './join-buffer.ts';
import { JoinOperator } from './join-operator.ts';
import { KeyedWindowsOperator, windowsCodec } from './keyed-windows-operator.ts';
import type { Operator } from './operator.ts';
import { PassThroughOperator } from './pass-through-operator.ts';
import { keyStateCodec, ProcessOperator } from './process-operator.ts';

/** Each query has one operator with state, and that has this number in the names of its stores. */
const OPERATOR = 0;

/** The operator of a plan, with its stores in so many partitions. */
export function makeOperator(
  plan: PlanOperator,
  stores: StateStoreFactory,
  statePartitions: number,
): Operator {
  const providers = <Value>(codec: ValueCodec<Value>, name = 'default'): StateStoreProvider<Value>[] =>
    Array.from({ length: statePartitions }, (_, partition) =>
      stores.create({ operator: OPERATOR, partition, name }, codec),
    );
  switch (plan.kind) {
    case 'aggregate':
      return new AggregateOperator(plan, providers(groupStateCodec));
    case 'keyed-windows':
      return new KeyedWindowsOperator(plan, providers(windowsCodec));
    case 'deduplicate':
      return new DeduplicateOperator(plan, providers(expiryCodec));
    case 'process':
      return new ProcessOperator(plan, {
        keys: providers(keyStateCodec),
        pages: Object.keys(plan.states).length === 0 ? [] : providers(storedPageCodec, 'declared'),
      });
    case 'join':
      return new JoinOperator(plan, providers(bucketCodec, 'left'), providers(bucketCodec, 'right'));
    case 'group-state':
      return new GroupStateOperator(plan, providers(groupCodec));
    case 'pass-through':
      return new PassThroughOperator();
  }
}
