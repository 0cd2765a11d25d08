import type { Aggregate } from './aggregate.ts';
import type { InputChain } from './multi-input.ts';
import type { AggregateNode, Dataflow, DataflowNode, FieldType, Schema } from './nodes.ts';
import type { WindowNode } from './window.ts';

/** Fields that a window adds to the result, after the key. */
export const WINDOW_BOUNDS = { windowStartMs: 'int64', windowEndMs: 'int64' } as const;

/** Schema of the rows that reach the node at `index`; of an unchecked dataflow it may be incomplete. */
export function schemaBefore(dataflow: Dataflow, index: number): Schema {
  let schema: Schema = {};
  for (const node of dataflow.nodes.slice(0, index)) schema = schemaAfter(node, schema, dataflow);
  return schema;
}

/** Schema of the rows at the end of one of several inputs. */
export function schemaOfInput(nodes: InputChain): Schema {
  return schemaBefore({ name: '', nodes }, nodes.length);
}

/** Schema of the rows that reach the sink, fields in the order in which they are written. */
export function resultSchema(dataflow: Dataflow): Schema {
  return schemaBefore(dataflow, dataflow.nodes.length);
}

/** The field by which the dataflow is keyed; undefined without keyBy. */
export function keyOf(dataflow: Dataflow): string | undefined {
  return dataflow.nodes.find((node) => node.kind === 'keyBy')?.field;
}

function schemaAfter(node: DataflowNode, before: Schema, dataflow: Dataflow): Schema {
  switch (node.kind) {
    case 'source':
    case 'map':
    case 'asyncMap':
      return node.schema;
    case 'union':
      return schemaOfInput(node.inputs[0] ?? []);
    case 'filter':
    case 'watermark':
    case 'keyBy':
    case 'window':
    case 'deduplicate':
    case 'sink':
      return before;
    case 'aggregate':
      return aggregateSchema(node, before, dataflow);
    case 'connect':
    case 'intervalJoin':
    case 'windowFunction':
    case 'keyedProcess':
    case 'groupState':
    case 'pattern':
      return node.outputSchema;
  }
}

function aggregateSchema(node: AggregateNode, before: Schema, dataflow: Dataflow): Schema {
  const key = keyOf(dataflow);
  const window = dataflow.nodes.find((other): other is WindowNode => other.kind === 'window');
  return {
    ...(key === undefined ? {} : { [key]: before[key] ?? 'utf8' }),
    ...(window === undefined || window.window.type === 'global' ? {} : WINDOW_BOUNDS),
    ...Object.fromEntries(
      Object.entries(node.aggregates).map(([name, aggregate]) => [name, aggregateType(aggregate, before)]),
    ),
  };
}

/** A sum of whole numbers is a whole number; an average never is. */
function aggregateType(aggregate: Aggregate, before: Schema): FieldType {
  switch (aggregate.function) {
    case 'count':
      return 'int64';
    case 'avg':
      return 'float64';
    case 'custom':
      return aggregate.type;
    case 'sum':
    case 'min':
    case 'max':
      return before[aggregate.field] ?? 'float64';
  }
}
