import type { CountAggregate, CustomAggregate, FieldAggregate } from './aggregate.ts';
import type { KeyedProcessContext, StateValue } from './keyed-process.ts';
import type { FieldType, Schema } from './nodes.ts';

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
export interface KeyedProcessOf<In extends Schema, Out extends Schema, State extends StateValue> {
  processRows(rows: readonly RowOf<In>[], context: KeyedProcessContextOf<Out, State>): void;
  onEventTimeTimer?(timeMs: number, context: KeyedProcessContextOf<Out, State>): void;
}

interface KeyedProcessContextOf<Out extends Schema, State extends StateValue>
  extends Omit<KeyedProcessContext<State>, 'emit'> {
  emit(row: RowOf<Out>): void;
}
