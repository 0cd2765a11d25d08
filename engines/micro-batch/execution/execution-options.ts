import type { Clock, EngineStep } from '../../pipeline/index.ts';
import type { FileStore } from '../log/index.ts';
import type { BatchPlan } from '../plan/index.ts';
import type { StateStoreFactory } from '../state/index.ts';
import type { BatchTasks } from './batch-tasks.ts';
import type { Operator } from './operator.ts';
import type { BatchSink, BatchSource } from './ports.ts';
import type { WatermarkPolicy } from './watermark-tracker.ts';

export interface ExecutionSettings {
  /** Of each source; 0 is unlimited. */
  readonly maxRecordsPerBatch: number;
  /** Of each source: a batch waits until there are so many, but no longer than `maxTriggerDelayMs`; 0, or left out, does not wait. */
  readonly minRecordsPerBatch?: number;
  readonly maxTriggerDelayMs?: number;
  readonly noDataBatches: boolean;
  /** Batches are written down beside the work, one each so many milliseconds; undefined, or left out: each before and after it runs. */
  readonly asyncProgressIntervalMs?: number | undefined;
  /** Batches whose logs and state are kept. */
  readonly retainedBatches: number;
  readonly statePartitions: number;
  /** Of several watermarks; `min` if left out. */
  readonly watermarkPolicy?: WatermarkPolicy;
}

/** What progress says of the query. */
interface QueryOptions {
  readonly name: string | null;
  readonly sinkDescription: string;
  /** A random id. */
  readonly newId: () => string;
}

export interface ExecutionOptions {
  readonly plan: BatchPlan;
  /** Those of the plan, in its order. */
  readonly sources: readonly BatchSource[];
  /** Read the sources and run the plan's steps; in this thread if left out. */
  readonly tasks?: BatchTasks;
  readonly sink: BatchSink;
  /** Of the logs. */
  readonly files: FileStore;
  /** Opens the state stores, which may keep files of theirs in the files they are given: the same, with what is written counted. */
  readonly openStores: (files: FileStore) => StateStoreFactory;
  readonly clock: Clock;
  readonly settings: ExecutionSettings;
  /** Hears of the steps of each batch as they begin. */
  readonly onStep?: (step: EngineStep) => void;
  /** Settings that the first batch fixes for the state folder, beside those that outlive a change: another value is refused. */
  readonly fixed?: Readonly<Record<string, string>>;
  /** Whose batches these are, for their progress; a query in a test may go without a name. */
  readonly query?: QueryOptions;
  /** Puts another operator in the place of the plan's. Only in tests. */
  readonly changeOperator?: (operator: Operator) => Operator;
}

/** Tests of semantics have one query and ask for no ids. */
export const UNNAMED_QUERY: QueryOptions = {
  name: null,
  sinkDescription: 'memory',
  newId: () => '00000000-0000-0000-0000-000000000000',
};
