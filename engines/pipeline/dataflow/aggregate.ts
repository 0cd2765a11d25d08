import type { StateValue } from './keyed-process.ts';
import type { FieldType, Row } from './nodes.ts';

export type CountAggregate = { readonly function: 'count' };

/** An aggregate of one number field. The field is a type parameter so that the builder can check its name. */
export type FieldAggregate<Field extends string = string> = {
  readonly function: 'sum' | 'min' | 'max' | 'avg';
  readonly field: Field;
};

/**
 * An aggregate of the user's (Flink's AggregateFunction). Pure functions over an accumulator that holds what JSON holds; each returns
 * the accumulator that takes the place of its first argument and leaves its arguments as they are.
 */
export interface CustomAggregate<
  Accumulator extends StateValue = StateValue,
  In extends Readonly<Record<string, string | number>> = Row,
> {
  readonly function: 'custom';
  /** Of what `result` gives. */
  readonly type: FieldType;
  create(): Accumulator;
  add(accumulator: Accumulator, row: In): Accumulator;
  /** Of two parts of the rows; in which order they came is not told. */
  merge(left: Accumulator, right: Accumulator): Accumulator;
  /**
   * The inverse of `merge`: `subtract(merge(a, b), a)` is b. With it a sliding window is carried on from the one before it, not added up
   * anew from its parts.
   */
  subtract?(from: Accumulator, part: Accumulator): Accumulator;
  result(accumulator: Accumulator): string | number;
}

/** An aggregate that every engine knows by its name. */
export type NamedAggregate = CountAggregate | FieldAggregate;

/** Aggregates by name, so that a columnar engine can vectorise them and an incremental one can fold them, and those of the user's. */
export type Aggregate = NamedAggregate | CustomAggregate;

/** Number of rows. */
export const count = (): CountAggregate => ({ function: 'count' });

/** Total of the field; of an int64 field a whole number, exact within +-(2^53 - 1). */
export const sum = <Field extends string>(
  field: Field,
): FieldAggregate<Field> & { readonly function: 'sum' } => ({
  function: 'sum',
  field,
});

/** Least value of the field. */
export const min = <Field extends string>(
  field: Field,
): FieldAggregate<Field> & { readonly function: 'min' } => ({
  function: 'min',
  field,
});

/** Greatest value of the field. */
export const max = <Field extends string>(
  field: Field,
): FieldAggregate<Field> & { readonly function: 'max' } => ({
  function: 'max',
  field,
});

/** Mean of the field, a float64. */
export const avg = <Field extends string>(
  field: Field,
): FieldAggregate<Field> & { readonly function: 'avg' } => ({
  function: 'avg',
  field,
});

/** An aggregate of the user's. An engine without the capability custom-aggregate refuses it. */
export const custom = <
  Accumulator extends StateValue,
  In extends Readonly<Record<string, string | number>> = Row,
>(
  aggregate: Omit<CustomAggregate<Accumulator, In>, 'function'>,
): CustomAggregate<Accumulator, In> => ({ ...aggregate, function: 'custom' });
