import { fieldsOfCondition } from './field-condition.ts';
import type { AggregateNode, Dataflow, DataflowNode } from './nodes.ts';
import type { WindowNode } from './window.ts';

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
    case 'asyncMap':
    case 'windowFunction':
    case 'keyedProcess':
    case 'groupState':
    case 'deduplicate':
    case 'pattern':
      return 'all';
    case 'filter':
      return node.condition === undefined ? 'all' : fieldsOfCondition(node.condition);
    case 'watermark':
      return node.generator === undefined ? [node.field] : 'all';
    case 'keyBy':
      return [node.field];
    case 'aggregate':
      return fieldsOfAggregates(node);
    case 'window':
      return hasCustomTrigger(node) ? 'all' : [];
    case 'source':
    case 'sink':
      return [];
  }
}

/** Fields that the aggregates of a node read; `all` where one of them is given whole rows. */
export function fieldsOfAggregates({ aggregates }: AggregateNode): readonly string[] | 'all' {
  const fields: string[] = [];
  for (const aggregate of Object.values(aggregates)) {
    if (aggregate.function === 'custom') return 'all';
    if (aggregate.function !== 'count') fields.push(aggregate.field);
  }
  return fields;
}

/** Whether a function of the user's decides when the window fires: it is given whole rows. */
export function hasCustomTrigger({ trigger }: WindowNode): boolean {
  let inner = trigger;
  while (inner?.type === 'purging') inner = inner.trigger;
  return inner?.type === 'custom';
}
