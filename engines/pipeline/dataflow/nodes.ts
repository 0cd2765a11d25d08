import type { Aggregate } from './aggregate.ts';
import type { AsyncMapNode } from './async-map.ts';
import type { DeduplicateNode } from './deduplicate.ts';
import type { FieldCondition } from './field-condition.ts';
import type { GroupStateNode } from './group-state.ts';
import type { KeyedProcessNode } from './keyed-process.ts';
import type { ConnectNode, IntervalJoinNode, UnionNode } from './multi-input.ts';
import type { PatternNode } from './pattern.ts';
import type { WatermarkNode } from './watermark.ts';
import type { WindowFunctionNode, WindowNode } from './window.ts';

/** Types of a field. `int64` is a whole number within +-(2^53 - 1): amounts in minor units, times in milliseconds. */
export type FieldType = 'utf8' | 'int64' | 'float64';

/** Field name to type, in order. */
export type Schema = Readonly<Record<string, FieldType>>;

/** One record as the functions of a dataflow see it. */
export type Row = Readonly<Record<string, string | number>>;

/** What a Dataflow is made of: plain data, but for the functions of map, filter and keyedProcess. */
export type DataflowNode =
  | SourceNode
  | UnionNode
  | ConnectNode
  | IntervalJoinNode
  | MapNode
  | FilterNode
  | AsyncMapNode
  | WatermarkNode
  | KeyByNode
  | WindowNode
  | AggregateNode
  | WindowFunctionNode
  | KeyedProcessNode
  | GroupStateNode
  | DeduplicateNode
  | PatternNode
  | SinkNode;

/** JSON objects, one a record. A value that is no JSON object of this schema goes to the dead-letter output, unchanged, and is counted. */
export interface SourceNode {
  readonly kind: 'source';
  /** Logical input, bound to a topic at deployment. */
  readonly input: string;
  readonly schema: Schema;
  readonly deadLetterOutput: string;
}

export interface MapNode {
  readonly kind: 'map';
  readonly schema: Schema;
  readonly map: (row: Row) => Row;
}

export interface FilterNode {
  readonly kind: 'filter';
  readonly predicate: (row: Row) => boolean;
  /** The same as data, where it was given so. */
  readonly condition?: FieldCondition;
}

export interface KeyByNode {
  readonly kind: 'keyBy';
  readonly field: string;
}

/**
 * Named aggregates per key, or per key and window after a window node. Result: the key field, the window bounds if any, one field a name.
 * `changes` gives a new result when inputs changed it (an engine may merge several changes of a key into one);
 * `final` gives a window when it fires: of itself once, when the watermark closes it, or when its trigger says so. `all` gives every result there
 * is, again and again (Spark's complete mode): no row is late, and no window closes.
 */
export interface AggregateNode {
  readonly kind: 'aggregate';
  readonly aggregates: Readonly<Record<string, Aggregate>>;
  readonly emit: 'changes' | 'final' | 'all';
}

/** JSON objects, one a record, keyed by the dataflow's key; fields in the order of the result row. */
export interface SinkNode {
  readonly kind: 'sink';
  readonly output: string;
  /** Called once for each batch with rows, and again when the batch is run again; what it gives goes to the output in their place. */
  readonly foreachBatch?: (rows: readonly Row[], batchId: number) => Promise<readonly Row[]>;
}

/**
 * What to compute. Nodes form one chain: source, then map / filter / asyncMap / watermark, at most one keyBy, then window + aggregate or
 * windowFunction, aggregate, keyedProcess or pattern, then sink. In place of the source may stand a node with several inputs, each a chain of
 * its own; connect and intervalJoin go to the sink directly. `validateDataflow` holds every engine to that.
 */
export interface Dataflow {
  readonly name: string;
  readonly nodes: readonly DataflowNode[];
}
