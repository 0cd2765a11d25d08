import type { Dataflow, DataflowNode } from './nodes.ts';

/**
 * Fields of the source that an engine has to decode, in the order of the source's schema: all where a function or the sink sees whole
 * rows, else those that watermark, key and aggregates name. The others are checked for presence and type, never kept.
 */
export function requiredFields(dataflow: Dataflow): readonly string[] {
  const source = dataflow.nodes.find((node) => node.kind === 'source');
  const all = Object.keys(source?.schema ?? {});
  if (!dataflow.nodes.some((node) => node.kind === 'aggregate')) return all;
  const named = new Set<string>();
  for (const node of dataflow.nodes) {
    const fields = fieldsOf(node);
    if (fields === 'all') return all;
    for (const field of fields) named.add(field);
  }
  return all.filter((field) => named.has(field));
}

function fieldsOf(node: DataflowNode): readonly string[] | 'all' {
  switch (node.kind) {
    case 'union':
    case 'connect':
    case 'intervalJoin':
    case 'map':
    case 'filter':
    case 'asyncMap':
    case 'windowFunction':
    case 'keyedProcess':
    case 'pattern':
      return 'all';
    case 'watermark':
    case 'keyBy':
      return [node.field];
    case 'aggregate':
      return Object.values(node.aggregates).flatMap((aggregate) =>
        aggregate.function === 'count' ? [] : [aggregate.field],
      );
    case 'source':
    case 'window':
    case 'sink':
      return [];
  }
}
