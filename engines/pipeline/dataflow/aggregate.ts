export type CountAggregate = { readonly function: 'count' };

/** An aggregate of one number field. The field is a type parameter so that the builder can check its name. */
export type FieldAggregate<Field extends string = string> = {
  readonly function: 'sum' | 'min' | 'max' | 'avg';
  readonly field: Field;
};

/** Aggregates by name, so that a columnar engine can vectorise them and an incremental one can fold them. */
export type Aggregate = CountAggregate | FieldAggregate;

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
