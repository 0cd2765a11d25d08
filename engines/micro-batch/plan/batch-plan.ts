import type { KeyedProcess, NamedAggregate, Row, Schema } from '../../pipeline/index.ts';
import type { WindowShape } from '../columnar/index.ts';

/** A run of map and filter nodes, fused: one row object goes through all of them. */
export interface RowStep {
  readonly kind: 'rows';
  readonly functions: readonly RowFunction[];
  readonly outputSchema: Schema;
}

export type RowFunction =
  | { readonly kind: 'map'; readonly map: (row: Row) => Row }
  | { readonly kind: 'filter'; readonly predicate: (row: Row) => boolean };

/** Where the event times of all rows are seen, late ones included. */
interface WatermarkStep {
  readonly kind: 'watermark';
  readonly field: string;
}

export type PlanStep = RowStep | WatermarkStep;

/** Event time as the stateful operator needs it. */
export interface EventTime {
  readonly field: string;
  readonly delayMs: number;
}

/** What stands at the end of the steps, before the sink. */
export type PlanOperator = PassThroughPlan | AggregatePlan | ProcessPlan;

/** No key and no state: rows leave as the steps made them. */
interface PassThroughPlan {
  readonly kind: 'pass-through';
}

export interface KeyPlan {
  readonly field: string;
  readonly type: 'utf8' | 'number';
}

/** append: each group once, when the watermark closes it. update: the groups that the batch touched. Semantics B6. */
type OutputMode = 'append' | 'update';

export interface AggregatePlan {
  readonly kind: 'aggregate';
  /** Undefined: one group over all keys. */
  readonly key: KeyPlan | undefined;
  readonly window: WindowShape | undefined;
  /** Undefined: groups are never late and never closed. */
  readonly eventTime: EventTime | undefined;
  readonly aggregates: Readonly<Record<string, NamedAggregate>>;
  readonly outputMode: OutputMode;
}

export interface ProcessPlan {
  readonly kind: 'process';
  readonly key: KeyPlan;
  readonly eventTime: EventTime | undefined;
  readonly process: KeyedProcess;
  readonly orderBy: string;
}

/** One input with the row-wise part of the plan behind it, up to the operator. */
export interface SourcePlan {
  /** Logical input. */
  readonly input: string;
  readonly schema: Schema;
  /** The columns that anything reads: the others are checked but not kept (column pruning). */
  readonly columns: readonly string[];
  readonly steps: readonly PlanStep[];
  readonly watermarkDelayMs: number | undefined;
}

/** A dataflow as this engine runs it: its sources in order, whose rows meet in the operator. */
export interface BatchPlan {
  readonly sources: readonly SourcePlan[];
  readonly operator: PlanOperator;
}
