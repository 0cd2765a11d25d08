import type { CountAggregate, CustomAggregate, FieldAggregate } from './aggregate.ts';
import type { GroupStateContext } from './group-state.ts';
import type { KeyedProcessContext, StateValue } from './keyed-process.ts';
import type { StateDeclarations } from './keyed-state.ts';
import type { BroadcastState, WritableBroadcastState } from './multi-input.ts';
import type { FieldType, Row, Schema } from './nodes.ts';
import type { WatermarkGenerator, WatermarkGeneratorOutput, WatermarkNode } from './watermark.ts';

/** The rows of a schema. */
export type RowOf<S extends Schema> = {
  readonly [Field in keyof S]: S[Field] extends 'utf8' ? string : number;
};

/** Names of the fields of a schema that have one of the types. */
export type FieldOf<S extends Schema, Type extends FieldType> = {
  [Field in keyof S & string]: S[Field] extends Type ? Field : never;
}[keyof S & string];

/** Named aggregates whose fields are number fields of the schema, and custom ones over its rows. */
export type AggregatesOf<S extends Schema> = Readonly<
  Record<
    string,
    | CountAggregate
    | FieldAggregate<FieldOf<S, 'int64' | 'float64'>>
    // The accumulator is the aggregate's own affair, and no type of another would do here.
    // biome-ignore lint/suspicious/noExplicitAny: see above
    | CustomAggregate<any, RowOf<S>>
  >
>;

export type Windowing = 'windowed' | 'unwindowed';

/** `timed` rows have passed a watermark node. */
export type EventTime = 'timed' | 'untimed';

/** `KeyedProcess` with the rows that it is given and those that it puts out. */
export interface KeyedProcessOf<
  In extends Schema,
  Out extends Schema,
  State extends StateValue,
  States extends StateDeclarations,
> {
  processRows(rows: readonly RowOf<In>[], context: KeyedProcessContextOf<Out, State, States>): void;
  onEventTimeTimer?(timeMs: number, context: KeyedProcessContextOf<Out, State, States>): void;
  onProcessingTimeTimer?(timeMs: number, context: KeyedProcessContextOf<Out, State, States>): void;
}

interface KeyedProcessContextOf<
  Out extends Schema,
  State extends StateValue,
  States extends StateDeclarations,
> extends Omit<KeyedProcessContext<State, States>, 'emit'> {
  emit(row: RowOf<Out>): void;
}

/** `GroupStateContext` with the rows that it puts out. */
export interface GroupStateContextOf<Out extends Schema, State extends StateValue>
  extends Omit<GroupStateContext<State>, 'emit'> {
  emit(row: RowOf<Out>): void;
}

/** The function of a connect over rows of two schemas. */
export interface ConnectedProcessOf<First extends Schema, Second extends Schema, Out extends Schema> {
  processFirst(row: RowOf<First>, context: TwoInputContextOf<Out>): void;
  processSecond(row: RowOf<Second>, context: TwoInputContextOf<Out>): void;
  onEventTimeTimer?(timeMs: number, context: TwoInputContextOf<Out>): void;
  onProcessingTimeTimer?(timeMs: number, context: TwoInputContextOf<Out>): void;
}

/** The function of a connect whose second input is broadcast. */
export interface BroadcastProcessOf<Keyed extends Schema, Broadcast extends Schema, Out extends Schema> {
  processKeyed(row: RowOf<Keyed>, broadcast: BroadcastState, context: TwoInputContextOf<Out>): void;
  processBroadcast(row: RowOf<Broadcast>, broadcast: WritableBroadcastState): void;
  onEventTimeTimer?(timeMs: number, broadcast: BroadcastState, context: TwoInputContextOf<Out>): void;
  onProcessingTimeTimer?(timeMs: number, broadcast: BroadcastState, context: TwoInputContextOf<Out>): void;
}

type TwoInputContextOf<Out extends Schema> = Omit<
  KeyedProcessContextOf<Out, StateValue, StateDeclarations>,
  'states'
>;

/** What `withWatermark` is given: a delay, or a generator for the rows of the schema. */
export type WatermarkOf<S extends Schema> = Omit<
  WatermarkNode,
  'kind' | 'field' | 'delayMs' | 'generator'
> & {
  readonly field: FieldOf<S, 'int64'>;
} & (
    | { readonly delayMs: number; readonly generator?: never }
    | { readonly generator: () => WatermarkGeneratorOf<S>; readonly delayMs?: never }
  );

interface WatermarkGeneratorOf<S extends Schema> extends Omit<WatermarkGenerator, 'onEvent'> {
  onEvent(row: RowOf<S> & Row, timestampMs: number, output: WatermarkGeneratorOutput): void;
}
