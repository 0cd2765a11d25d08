import type { FileStore } from '../log/index.ts';
import type { PlanOperator } from '../plan/index.ts';
import { createChangelogProvider, type StateStoreProvider, type ValueCodec } from '../state/index.ts';
import { AggregateOperator, groupStateCodec } from './aggregate-operator.ts';
import type { Operator } from './operator.ts';
import { PassThroughOperator } from './pass-through-operator.ts';
import { keyStateCodec, ProcessOperator } from './process-operator.ts';

export interface StateSettings {
  readonly statePartitions: number;
  /** Versions between two snapshots of the state. */
  readonly snapshotInterval: number;
}

/** The operator of a plan, with its state in `state/0/<partition>` as Spark lays it out. */
export function makeOperator(plan: PlanOperator, files: FileStore, settings: StateSettings): Operator {
  const providers = <Value>(codec: ValueCodec<Value>): StateStoreProvider<Value>[] =>
    Array.from({ length: settings.statePartitions }, (_, partition) =>
      createChangelogProvider({
        files,
        folder: `state/0/${partition}`,
        codec,
        snapshotInterval: settings.snapshotInterval,
      }),
    );
  switch (plan.kind) {
    case 'aggregate':
      return new AggregateOperator(plan, providers(groupStateCodec));
    case 'process':
      return new ProcessOperator(plan, providers(keyStateCodec));
    case 'pass-through':
      return new PassThroughOperator();
  }
}
