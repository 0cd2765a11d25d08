// Longer than most: a method for each node, most of it what a user of the method is told.
import type { AsyncMapNode } from './async-map.ts';
import type { DeduplicateNode } from './deduplicate.ts';
import { type FieldCondition, meets } from './field-condition.ts';
import type { GroupStateNode } from './group-state.ts';
import type { KeyedProcess, StateValue } from './keyed-process.ts';
import type { StateDeclarations } from './keyed-state.ts';
import type { InputChain, IntervalJoinNode, TwoInputProcess } from './multi-input.ts';
import type {
  AggregateNode,
  Dataflow,
  DataflowNode,
  FilterNode,
  MapNode,
  Schema,
  SinkNode,
} from './nodes.ts';
import type { PatternNode } from './pattern.ts';
import type { PatternOf } from './pattern-rows.ts';
import type {
  AggregatesOf,
  BroadcastProcessOf,
  ConnectedProcessOf,
  EventTime,
  FieldOf,
  GroupStateContextOf,
  KeyedProcessOf,
  RowOf,
  WatermarkOf,
  Windowing,
} from './row-types.ts';
import { validateDataflow } from './validate-dataflow.ts';
import type { WatermarkGenerator } from './watermark.ts';
import type {
  LatePolicy,
  WindowBounds,
  WindowFunctionNode,
  WindowNode,
  WindowSpecification,
} from './window.ts';

/**
 * Starts a dataflow. The chain of calls is the chain of nodes; the compiler holds every field name to the rows that reach the node, and
 * `sink` ends the chain with the validated dataflow, which is plain data.
 *
 * @example
 * dataflow('merchant-spend')
 *   .source({ input: 'input', schema: { merchant: 'utf8', amountMinor: 'int64' }, deadLetterOutput: 'dead-letter' })
 *   .keyBy('merchant')
 *   .aggregate({ count: count(), totalMinor: sum('amountMinor') }, { emit: 'changes' })
 *   .sink('output');
 */
export function dataflow(name: string): DataflowStart {
  return {
    source: (source) => new Rows(name, [{ kind: 'source', ...source }]),
    union: (...inputs) => new Rows(name, [{ kind: 'union', inputs: inputs.map(Chain.nodesOf) }]),
    connect: (first, second, { process, outputSchema }) =>
      twoInputs(name, first, second, (inputs) => ({
        kind: 'connect',
        inputs,
        process: { kind: 'keyed', ...process } as unknown as TwoInputProcess,
        outputSchema,
      })),
    broadcast: (keyed, broadcast, { process, outputSchema }) =>
      twoInputs(name, keyed, broadcast, (inputs) => ({
        kind: 'connect',
        inputs,
        process: { kind: 'broadcast', ...process } as unknown as TwoInputProcess,
        outputSchema,
      })),
    intervalJoin: (left, right, { join, ...node }) =>
      twoInputs(name, left, right, (inputs) => ({
        kind: 'intervalJoin',
        inputs,
        join: join as unknown as IntervalJoinNode['join'],
        ...node,
      })),
    leftOuterIntervalJoin: (left, right, { join, ...node }) =>
      twoInputs(name, left, right, (inputs) => ({
        kind: 'intervalJoin',
        inputs,
        type: 'left-outer',
        join: join as unknown as IntervalJoinNode['join'],
        ...node,
      })),
  };
}

/** One input of several: what `dataflow(...).source` begins, for `union`, `connect`, `broadcast` and `intervalJoin`. */
export function input<const S extends Schema>(source: SourceOf<S>): Rows<S, 'untimed'> {
  return new Rows('', [{ kind: 'source', ...source }]);
}

interface SourceOf<S extends Schema> {
  readonly input: string;
  readonly schema: S;
  readonly deadLetterOutput: string;
}

export interface DataflowStart {
  source<const S extends Schema>(source: SourceOf<S>): Rows<S, 'untimed'>;
  /** The rows of all inputs as one stream. */
  union<S extends Schema, Time extends EventTime>(
    ...inputs: readonly [Rows<S, Time>, Rows<S, Time>, ...Rows<S, Time>[]]
  ): Rows<S, Time>;
  /** A function over two keyed inputs that share the state of a key. */
  connect<First extends Schema, Second extends Schema, Time extends EventTime, const Out extends Schema>(
    first: KeyedRows<First, Time>,
    second: KeyedRows<Second, Time>,
    node: { readonly process: ConnectedProcessOf<First, Second, Out>; readonly outputSchema: Out },
  ): Results;
  /** A function over a keyed input, and one that every slot gets the whole of, as state. */
  broadcast<Keyed extends Schema, Broadcast extends Schema, const Out extends Schema>(
    keyed: KeyedRows<Keyed, EventTime>,
    broadcast: Rows<Broadcast, EventTime>,
    node: { readonly process: BroadcastProcessOf<Keyed, Broadcast, Out>; readonly outputSchema: Out },
  ): Results;
  /** Pairs of rows of one key with left + lower <= right <= left + upper in event time. */
  intervalJoin<Left extends Schema, Right extends Schema, const Out extends Schema>(
    left: KeyedRows<Left, 'timed'>,
    right: KeyedRows<Right, 'timed'>,
    node: Pick<IntervalJoinNode, 'lowerBoundMs' | 'upperBoundMs'> & {
      readonly join: (left: RowOf<Left>, right: RowOf<Right>) => RowOf<Out>;
      readonly outputSchema: Out;
    },
  ): Results;
  /** The same, and each left row without a pair once none can come any more. */
  leftOuterIntervalJoin<Left extends Schema, Right extends Schema, const Out extends Schema>(
    left: KeyedRows<Left, 'timed'>,
    right: KeyedRows<Right, 'timed'>,
    node: Pick<IntervalJoinNode, 'lowerBoundMs' | 'upperBoundMs'> & {
      readonly join: (left: RowOf<Left>, right: RowOf<Right> | undefined) => RowOf<Out>;
      readonly outputSchema: Out;
    },
  ): Results;
}

function twoInputs(
  name: string,
  first: Chain,
  second: Chain,
  node: (inputs: readonly [InputChain, InputChain]) => DataflowNode,
): Results {
  return new Results(name, [node([Chain.nodesOf(first), Chain.nodesOf(second)])]);
}

type SinkOptions = Pick<SinkNode, 'foreachBatch'>;

class Chain {
  protected readonly name: string;
  protected readonly nodes: readonly DataflowNode[];

  constructor(name: string, nodes: readonly DataflowNode[]) {
    this.name = name;
    this.nodes = nodes;
  }

  static nodesOf(chain: Chain): InputChain {
    return chain.nodes;
  }

  protected ending(output: string, options: SinkOptions = {}): Dataflow {
    const sink: SinkNode = { kind: 'sink', output, ...options };
    const ended = { name: this.name, nodes: [...this.nodes, sink] } satisfies Dataflow;
    validateDataflow(ended);
    return ended;
  }
}

/** What can be aggregated: rows per key, or per key and window. */
class Aggregatable<S extends Schema, Window extends Windowing> extends Chain {
  aggregate(
    aggregates: AggregatesOf<S>,
    { emit }: { readonly emit: Window extends 'windowed' ? AggregateNode['emit'] : 'changes' | 'all' },
  ): Results {
    return new Results(this.name, [...this.nodes, { kind: 'aggregate', aggregates, emit }]);
  }
}

type WindowOptions = Pick<WindowNode, 'trigger' | 'allowedLatenessMs' | 'time'>;

class WindowedRows<S extends Schema> extends Aggregatable<S, 'windowed'> {
  /** A function over all rows of a window, in place of aggregates. */
  windowFunction<const Out extends Schema>(node: {
    readonly apply: (
      key: string | number,
      rows: readonly RowOf<S>[],
      window: WindowBounds,
      emit: (row: RowOf<Out>) => void,
    ) => void;
    readonly outputSchema: Out;
  }): Results {
    const apply = node.apply as WindowFunctionNode['apply'];
    return new Results(this.name, [...this.nodes, { kind: 'windowFunction', ...node, apply }]);
  }
}

/** Rows before keyBy. Aggregated as they are, they are one group. */
class Rows<S extends Schema, Time extends EventTime> extends Aggregatable<S, 'unwindowed'> {
  declare protected readonly time: Time;

  map<const Out extends Schema>(schema: Out, map: (row: RowOf<S>) => RowOf<Out>): Rows<Out, Time> {
    return this.#with({ kind: 'map', schema, map: map as MapNode['map'] });
  }

  /** Rows that a function accepts, or that meet a condition, which an engine may look at before it makes a row. */
  filter(filter: ((row: RowOf<S>) => boolean) | FieldCondition): Rows<S, Time> {
    return this.#with(
      typeof filter === 'function'
        ? { kind: 'filter', predicate: filter as FilterNode['predicate'] }
        : { kind: 'filter', predicate: (row) => meets(row, filter), condition: filter },
    );
  }

  /** The first row of each combination of values of the fields. */
  dropDuplicates(
    fields: readonly (keyof S & string)[],
    options: Pick<DeduplicateNode, 'withinWatermark'> = {},
  ): Results {
    return new Results(this.name, [...this.nodes, { kind: 'deduplicate', fields, ...options }]);
  }

  /** A call a row to something outside; the rows that it gives follow with the time of the row that it was made for. */
  asyncMap<const Out extends Schema>(
    schema: Out,
    node: Omit<AsyncMapNode, 'kind' | 'schema' | 'call' | 'orElse'> & {
      readonly call: (row: RowOf<S>, signal: AbortSignal) => Promise<readonly RowOf<Out>[]>;
      readonly orElse?: (row: RowOf<S>) => readonly RowOf<Out>[];
    },
  ): Rows<Out, Time> {
    return this.#with({ kind: 'asyncMap', schema, ...node } as unknown as AsyncMapNode);
  }

  /** Event time and how late records may come: by a delay, or by a generator of one's own. */
  withWatermark({ delayMs = 0, generator, ...watermark }: WatermarkOf<S>): Rows<S, 'timed'> {
    return this.#with({
      kind: 'watermark',
      ...watermark,
      delayMs,
      ...(generator && { generator: generator as () => WatermarkGenerator }),
    });
  }

  /** Windows over all rows, of event time; only behind a watermark. */
  window(this: Rows<S, 'timed'>, window: WindowSpecification, late: LatePolicy): Aggregatable<S, 'windowed'> {
    return new WindowedRows(this.name, [...this.nodes, { kind: 'window', window, late }]);
  }

  keyBy(field: FieldOf<S, 'utf8' | 'int64'>): KeyedRows<S, Time> {
    return new KeyedRows(this.name, [...this.nodes, { kind: 'keyBy', field }]);
  }

  /** Ends the dataflow. Throws PIPELINE_DATAFLOW_INVALID for what the types cannot say. */
  sink(output: string, options?: SinkOptions): Dataflow {
    return this.ending(output, options);
  }

  #with<Out extends Schema, After extends EventTime>(node: DataflowNode): Rows<Out, After> {
    return new Rows(this.name, [...this.nodes, node]);
  }
}

class KeyedRows<S extends Schema, Time extends EventTime> extends Aggregatable<S, 'unwindowed'> {
  declare protected readonly time: Time;

  /** Windows of event time; only behind a watermark. */
  window(
    this: KeyedRows<S, 'timed'>,
    window: WindowSpecification,
    late: LatePolicy,
    options?: WindowOptions,
  ): WindowedRows<S>;
  /** Windows of the engine's clock. */
  window(
    window: WindowSpecification,
    late: LatePolicy,
    options: WindowOptions & { readonly time: 'processing' },
  ): WindowedRows<S>;
  /** One window a key, with a trigger to fire it. */
  window(
    window: Extract<WindowSpecification, { readonly type: 'global' }>,
    late: LatePolicy,
    options: WindowOptions & Required<Pick<WindowNode, 'trigger'>>,
  ): WindowedRows<S>;
  window(window: WindowSpecification, late: LatePolicy, options: WindowOptions = {}): WindowedRows<S> {
    return new WindowedRows(this.name, [...this.nodes, { kind: 'window', window, late, ...options }]);
  }

  /** Matches of a pattern; only behind a watermark. */
  pattern<const Out extends Schema, const TimedOut extends Schema>(
    this: KeyedRows<S, 'timed'>,
    node: PatternOf<S, Out, TimedOut>,
  ): Results {
    const { pattern, ...others } = node;
    const added = { kind: 'pattern', ...others, pattern: pattern.specification };
    return new Results(this.name, [...this.nodes, added as unknown as PatternNode]);
  }

  /** A function per group and batch with one state and one timeout. */
  groupState<State extends StateValue, const Out extends Schema>(
    node: Omit<GroupStateNode, 'kind' | 'apply' | 'orderBy' | 'outputSchema'> & {
      readonly apply: (rows: readonly RowOf<S>[], group: GroupStateContextOf<Out, State>) => void;
      readonly orderBy: FieldOf<S, 'int64'>;
      readonly outputSchema: Out;
    },
  ): Results {
    const apply = node.apply as unknown as GroupStateNode['apply'];
    return new Results(this.name, [...this.nodes, { kind: 'groupState', ...node, apply }]);
  }

  /** A function per key with state and timers. */
  keyedProcess<
    State extends StateValue,
    const Out extends Schema,
    States extends StateDeclarations = Record<never, never>,
  >(node: {
    readonly process: KeyedProcessOf<S, Out, State, States>;
    readonly orderBy: FieldOf<S, 'int64'>;
    readonly outputSchema: Out;
    readonly states?: States;
  }): Results {
    const process = node.process as unknown as KeyedProcess;
    return new Results(this.name, [...this.nodes, { kind: 'keyedProcess', ...node, process }]);
  }
}

/** What the operation puts out. */
class Results extends Chain {
  /** Ends the dataflow. Throws PIPELINE_DATAFLOW_INVALID for what the types cannot say. */
  sink(output: string, options?: SinkOptions): Dataflow {
    return this.ending(output, options);
  }
}
