import type { Aggregate, Schema } from '../../pipeline/index.ts';

/**
 * What may be done with the aggregates of parts of the rows, without a trace in the result. `deductible`: they can be merged and taken out again.
 * `mergeable`: they can be merged in any grouping. `ordered`: each grouping rounds in another way, as for sums of float64 fields.
 */
export type PartsOfAggregates = 'deductible' | 'mergeable' | 'ordered';

/** What all aggregates of a node allow. `schema` is that of the rows that are aggregated. */
export function partsOfAggregates(
  aggregates: Readonly<Record<string, Aggregate>>,
  schema: Schema,
): PartsOfAggregates {
  const parts = Object.values(aggregates).map((aggregate) => partsOf(aggregate, schema));
  if (parts.includes('ordered')) return 'ordered';
  return parts.includes('mergeable') ? 'mergeable' : 'deductible';
}

function partsOf(aggregate: Aggregate, schema: Schema): PartsOfAggregates {
  switch (aggregate.function) {
    case 'count':
      return 'deductible';
    case 'sum':
    case 'avg':
      return schema[aggregate.field] === 'int64' ? 'deductible' : 'ordered';
    case 'min':
    case 'max':
      return 'mergeable';
    case 'custom':
      return aggregate.subtract === undefined ? 'mergeable' : 'deductible';
  }
}
