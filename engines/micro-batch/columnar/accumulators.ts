import type { NamedAggregate } from '../../pipeline/index.ts';

/** One running number of a group. avg is made of a sum and a count; equal accumulators are kept once. */
export type Accumulator =
  | { readonly operation: 'count' }
  | { readonly operation: 'sum' | 'min' | 'max'; readonly field: string };

/** How named aggregates are computed from accumulators. */
export interface AggregationLayout {
  readonly accumulators: readonly Accumulator[];
  /** Puts the results of a group into a row, in the order of the names. */
  writeResults(values: readonly number[], row: Record<string, string | number>): void;
}

export function layOutAggregates(aggregates: Readonly<Record<string, NamedAggregate>>): AggregationLayout {
  const accumulators: Accumulator[] = [];
  const index = (wanted: Accumulator): number => {
    const found = accumulators.findIndex((known) => sameAccumulator(known, wanted));
    return found >= 0 ? found : accumulators.push(wanted) - 1;
  };
  const results = Object.entries(aggregates).map(([name, aggregate]) => {
    if (aggregate.function === 'count') return { name, at: index({ operation: 'count' }) };
    const { field } = aggregate;
    if (aggregate.function !== 'avg') return { name, at: index({ operation: aggregate.function, field }) };
    return { name, at: index({ operation: 'sum', field }), per: index({ operation: 'count' }) };
  });
  return {
    accumulators,
    writeResults(values, row) {
      for (const { name, at, per } of results) {
        const value = values[at] as number;
        row[name] = per === undefined ? value : value / (values[per] as number);
      }
    },
  };
}

/** The combined values of two parts of a group, as a new array. */
export function mergeAccumulators(
  accumulators: readonly Accumulator[],
  left: readonly number[],
  right: readonly number[],
): number[] {
  return accumulators.map(({ operation }, index) =>
    combine(operation, left[index] as number, right[index] as number),
  );
}

function combine(operation: Accumulator['operation'], a: number, b: number): number {
  switch (operation) {
    case 'count':
    case 'sum':
      return a + b;
    case 'min':
      return Math.min(a, b);
    case 'max':
      return Math.max(a, b);
  }
}

function sameAccumulator(a: Accumulator, b: Accumulator): boolean {
  if (a.operation === 'count' || b.operation === 'count') return a.operation === b.operation;
  return a.operation === b.operation && a.field === b.field;
}
