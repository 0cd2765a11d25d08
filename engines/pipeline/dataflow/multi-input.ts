import type { KeyedProcessContext, StateValue } from './keyed-process.ts';
import type { DataflowNode, Row, Schema } from './nodes.ts';

/** One input of several: a source and its row nodes, a watermark among them where event time is used; a keyBy at its end where the node asks for one. */
export type InputChain = readonly DataflowNode[];

/** All rows of all inputs, which have one schema, as one stream. Stands in the place of the source. */
export interface UnionNode {
  readonly kind: 'union';
  readonly inputs: readonly InputChain[];
}

/** State that every slot has the whole of: rows of the broadcast input change it, rows of the other read it. */
export interface BroadcastState {
  get(name: string): StateValue | undefined;
  entries(): Iterable<readonly [string, StateValue]>;
}

export interface WritableBroadcastState extends BroadcastState {
  set(name: string, value: StateValue): void;
  delete(name: string): void;
}

/** A function over two inputs. Both are keyed by the same type of key and share the key's state; or the second is broadcast (Flink's KeyedCoProcessFunction and KeyedBroadcastProcessFunction). */
export type TwoInputProcess =
  | {
      readonly kind: 'keyed';
      processFirst(row: Row, context: KeyedProcessContext): void;
      processSecond(row: Row, context: KeyedProcessContext): void;
      onEventTimeTimer?(timeMs: number, context: KeyedProcessContext): void;
      onProcessingTimeTimer?(timeMs: number, context: KeyedProcessContext): void;
    }
  | {
      readonly kind: 'broadcast';
      processKeyed(row: Row, broadcast: BroadcastState, context: KeyedProcessContext): void;
      processBroadcast(row: Row, broadcast: WritableBroadcastState): void;
      onEventTimeTimer?(timeMs: number, broadcast: BroadcastState, context: KeyedProcessContext): void;
      onProcessingTimeTimer?(timeMs: number, broadcast: BroadcastState, context: KeyedProcessContext): void;
    };

/** Two inputs into one function. Stands in the place of the source; a broadcast input ends without keyBy. */
export interface ConnectNode {
  readonly kind: 'connect';
  readonly inputs: readonly [InputChain, InputChain];
  readonly process: TwoInputProcess;
  readonly outputSchema: Schema;
}

/**
 * Pairs of rows of one key with left + lower <= right <= left + upper, both bounds included (Flink's IntervalJoin; Spark's stream-stream join with a
 * time bound). `left-outer` also gives each left row without a pair, once, when none can come any more. Stands in the place of the source.
 */
export interface IntervalJoinNode {
  readonly kind: 'intervalJoin';
  readonly inputs: readonly [InputChain, InputChain];
  readonly lowerBoundMs: number;
  readonly upperBoundMs: number;
  /** `inner` if left out. */
  readonly type?: 'inner' | 'left-outer';
  /** `right` is undefined for a left row without a pair. */
  readonly join: (left: Row, right: Row | undefined) => Row;
  readonly outputSchema: Schema;
}
