import type { FieldCondition, Row, Schema } from '../../pipeline/index.ts';
import type { RowFunction } from './batch-plan.ts';
import type { PlannedOperator } from './planned-operator.ts';

/** Rows on their way from a source to the operator: a tree of plain data, but for the functions of the dataflow. */
export type RowPlan = SourceRows | UnionRows | MapRows | FilterRows | WatermarkRows | FusedRows;

/** Records of an input, decoded. */
export interface SourceRows {
  readonly kind: 'source';
  readonly input: string;
  /** What a record must be. */
  readonly schema: Schema;
  /** What is kept of it, in the order of the schema. */
  readonly columns: readonly string[];
  /** Rows that do not meet it are not kept. */
  readonly condition: FieldCondition | undefined;
}

/** All rows of all children, which have one schema. */
interface UnionRows {
  readonly kind: 'union';
  readonly children: readonly RowPlan[];
}

interface MapRows {
  readonly kind: 'map';
  readonly map: (row: Row) => Row;
  readonly schema: Schema;
  readonly child: RowPlan;
}

export interface FilterRows {
  readonly kind: 'filter';
  readonly predicate: (row: Row) => boolean;
  /** Undefined: only the function knows. */
  readonly condition: FieldCondition | undefined;
  readonly child: RowPlan;
}

/** Where the event times of all rows are seen, late ones included. */
export interface WatermarkRows {
  readonly kind: 'watermark';
  readonly field: string;
  readonly delayMs: number;
  /** Row by row, or once a batch as the greatest value of the column. */
  readonly seen: 'by-row' | 'by-column';
  readonly child: RowPlan;
}

/** Several row-wise nodes in one pass over row objects. */
interface FusedRows {
  readonly kind: 'fused';
  /** From the child upwards. */
  readonly functions: readonly RowFunction[];
  readonly schema: Schema;
  readonly child: RowPlan;
}

/** A whole query: the rows of the children meet in the operator, whose results go to the sink. */
export interface LogicalPlan {
  readonly output: string;
  readonly planned: PlannedOperator;
  readonly children: readonly RowPlan[];
}

/** The columns that leave a node, in order. */
export function schemaOf(plan: RowPlan): Schema {
  switch (plan.kind) {
    case 'source':
      return selectColumns(plan.schema, plan.columns);
    case 'union':
      return plan.children[0] === undefined ? {} : schemaOf(plan.children[0]);
    case 'map':
    case 'fused':
      return plan.schema;
    case 'filter':
    case 'watermark':
      return schemaOf(plan.child);
  }
}

/** The part of a schema with these names, in the schema's order. */
export function selectColumns(schema: Schema, names: readonly string[]): Schema {
  return Object.fromEntries(Object.entries(schema).filter(([name]) => names.includes(name)));
}

/** The children of a node. */
export function childrenOf(plan: RowPlan): readonly RowPlan[] {
  switch (plan.kind) {
    case 'source':
      return [];
    case 'union':
      return plan.children;
    default:
      return [plan.child];
  }
}

/** The node over other children. */
export function withChildren(plan: RowPlan, change: (child: RowPlan) => RowPlan): RowPlan {
  switch (plan.kind) {
    case 'source':
      return plan;
    case 'union':
      return { ...plan, children: plan.children.map(change) };
    default:
      return { ...plan, child: change(plan.child) };
  }
}

/** Applies a change to each node, from the sources up. */
export function transformUp(plan: RowPlan, change: (plan: RowPlan) => RowPlan): RowPlan {
  return change(withChildren(plan, (child) => transformUp(child, change)));
}

/** The query over other rows. */
export function withRows(plan: LogicalPlan, change: (rows: RowPlan) => RowPlan): LogicalPlan {
  return { ...plan, children: plan.children.map(change) };
}
