import type { FieldCondition, Row, Schema } from '../../pipeline/index.ts';
import type { AggregatePlan } from './aggregate-plan.ts';
import type { DeduplicatePlan } from './deduplicate-plan.ts';
import type { GroupStatePlan } from './group-state-plan.ts';
import type { JoinPlan } from './join-plan.ts';
import type { KeyedWindowsPlan } from './keyed-windows-plan.ts';
import type { ProcessPlan } from './process-plan.ts';

/** A run of row-wise nodes, fused: one row object goes through all of them. */
export interface RowStep {
  readonly kind: 'rows';
  readonly functions: readonly RowFunction[];
  /** Columns that are made of the rows that are left. */
  readonly outputSchema: Schema;
}

export type RowFunction =
  | { readonly kind: 'map'; readonly map: (row: Row) => Row }
  | {
      readonly kind: 'filter';
      readonly predicate: (row: Row) => boolean;
      /** The same as data, where it was given so. */
      readonly condition: FieldCondition | undefined;
    }
  | { readonly kind: 'watermark'; readonly field: string; readonly delayMs: number };

/** Where the event times of all rows are seen, late ones included: the greatest value of the column. */
interface WatermarkStep {
  readonly kind: 'watermark';
  readonly field: string;
}

/** A filter over columns: no row is made. */
interface ConditionStep {
  readonly kind: 'condition';
  readonly condition: FieldCondition;
}

export type PlanStep = RowStep | WatermarkStep | ConditionStep;

/** Event time as the stateful operator needs it. */
export interface EventTime {
  readonly field: string;
  readonly delayMs: number;
}

/** What stands at the end of the steps, before the sink. */
export type PlanOperator =
  | PassThroughPlan
  | AggregatePlan
  | KeyedWindowsPlan
  | DeduplicatePlan
  | ProcessPlan
  | GroupStatePlan
  | JoinPlan;

/** No key and no state: rows leave as the steps made them. */
interface PassThroughPlan {
  readonly kind: 'pass-through';
}

export interface KeyPlan {
  readonly field: string;
  readonly type: 'utf8' | 'number';
}

/** One input with the row-wise part of the plan behind it, up to the operator. */
export interface SourcePlan {
  /** Logical input. */
  readonly input: string;
  readonly schema: Schema;
  /** The columns that anything reads: the others are checked but not kept (column pruning). */
  readonly columns: readonly string[];
  /** Rows that do not meet it are checked, counted and not kept. */
  readonly condition?: FieldCondition;
  readonly steps: readonly PlanStep[];
  readonly watermarkDelayMs: number | undefined;
  /**
   * Sources with the same number share their watermark, since it stands behind a union of them; counted from 0. Left
   * out where there is no watermark, or only one source.
   */
  readonly watermarkNode?: number;
}

/** A dataflow as this engine runs it: its sources in order, whose rows meet in the operator. */
export interface BatchPlan {
  readonly sources: readonly SourcePlan[];
  readonly operator: PlanOperator;
}
