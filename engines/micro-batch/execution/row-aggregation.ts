import type { Aggregate, Row, StateValue } from '../../pipeline/index.ts';

/** A group's accumulators, one an aggregate. */
export type Accumulators = readonly StateValue[];

/** One aggregate as if the user had written it. */
interface Fold {
  readonly name: string;
  create(): StateValue;
  add(accumulator: StateValue, row: Row): StateValue;
  merge(left: StateValue, right: StateValue): StateValue;
  result(accumulator: StateValue): string | number;
}

type NamelessFold = Omit<Fold, 'name'>;

/** Aggregates over row objects, for those of the user's, whose functions are called row by row. */
export class RowAggregation {
  readonly #folds: readonly Fold[];

  constructor(aggregates: Readonly<Record<string, Aggregate>>) {
    this.#folds = Object.entries(aggregates).map(([name, aggregate]) => ({ name, ...foldOf(aggregate) }));
  }

  create(): Accumulators {
    return this.#folds.map((fold) => fold.create());
  }

  add(accumulators: Accumulators, row: Row): Accumulators {
    return this.#folds.map((fold, index) => fold.add(accumulators[index] as StateValue, row));
  }

  merge(left: Accumulators, right: Accumulators): Accumulators {
    return this.#folds.map((fold, index) =>
      fold.merge(left[index] as StateValue, right[index] as StateValue),
    );
  }

  /** Puts the results of a group into a row, in the order of the names. */
  writeResults(accumulators: Accumulators, row: Record<string, string | number>): void {
    for (const [index, fold] of this.#folds.entries()) {
      row[fold.name] = fold.result(accumulators[index] as StateValue);
    }
  }
}

function foldOf(aggregate: Aggregate): NamelessFold {
  switch (aggregate.function) {
    case 'custom':
      return {
        create: () => aggregate.create(),
        add: (accumulator, row) => aggregate.add(accumulator, row),
        merge: (left, right) => aggregate.merge(left, right),
        result: (accumulator) => aggregate.result(accumulator),
      };
    case 'count': {
      const sum = (left: number, right: number) => left + right;
      return numberFold(0, (total) => total + 1, sum);
    }
    case 'sum':
      return fieldFold(aggregate.field, 0, (left, right) => left + right);
    // Infinity is no JSON, but no group is kept without a row.
    case 'min':
      return fieldFold(aggregate.field, Number.POSITIVE_INFINITY, Math.min);
    case 'max':
      return fieldFold(aggregate.field, Number.NEGATIVE_INFINITY, Math.max);
    case 'avg':
      return averageFold(aggregate.field);
  }
}

type Combine = (left: number, right: number) => number;

function fieldFold(field: string, start: number, combine: Combine): NamelessFold {
  return numberFold(start, (value, row) => combine(value, row[field] as number), combine);
}

function numberFold(start: number, add: (value: number, row: Row) => number, merge: Combine): NamelessFold {
  return {
    create: () => start,
    add: (value, row) => add(value as number, row),
    merge: (left, right) => merge(left as number, right as number),
    result: (value) => value as number,
  };
}

function averageFold(field: string): NamelessFold {
  const parts = (value: StateValue) => value as readonly [sum: number, count: number];
  return {
    create: () => [0, 0],
    add: (value, row) => [parts(value)[0] + (row[field] as number), parts(value)[1] + 1],
    merge: (left, right) => [parts(left)[0] + parts(right)[0], parts(left)[1] + parts(right)[1]],
    result: (value) => parts(value)[0] / parts(value)[1],
  };
}
