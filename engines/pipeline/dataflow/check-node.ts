import { checkAsyncMap } from './check-async-map.ts';
import { checkDeduplicate } from './check-deduplicate.ts';
import { checkCondition } from './check-field-condition.ts';
import { checkGroupState } from './check-group-state.ts';
import { checkKeyedProcess } from './check-keyed-process.ts';
import { checkMultiInput } from './check-multi-input.ts';
import { checkPattern } from './check-pattern.ts';
import { checkWatermark } from './check-watermark.ts';
import { checkAggregates, checkWindow } from './check-window.ts';
import { inputsOf, outputsOf } from './endpoints.ts';
import type { InputChain } from './multi-input.ts';
import type { Dataflow, DataflowNode, Schema, SourceNode } from './nodes.ts';
import { schemaBefore } from './schemas.ts';

const FIELD_TYPES: readonly string[] = ['utf8', 'int64', 'float64'];

/** Why the node at `index` is wrong in itself or for the rows that reach it; undefined if it is right. The order of nodes is checked elsewhere. */
export function checkNode(node: DataflowNode, index: number, dataflow: Dataflow): string | undefined {
  const before = schemaBefore(dataflow, index);
  switch (node.kind) {
    case 'source':
      return checkSource(node, dataflow);
    case 'map':
      return checkSchema(node.schema) ?? checkEventTimeKept(index, node.schema, dataflow);
    case 'filter':
      return node.condition === undefined ? undefined : checkCondition(node.condition, before);
    case 'asyncMap':
      return (
        checkAsyncMap(node) ?? checkSchema(node.schema) ?? checkEventTimeKept(index, node.schema, dataflow)
      );
    case 'union':
      return checkMultiInput(node, checkInput(dataflow));
    case 'connect':
    case 'intervalJoin':
      return checkMultiInput(node, checkInput(dataflow)) ?? checkSchema(node.outputSchema);
    case 'watermark':
      return checkWatermark(node, before);
    case 'keyBy':
      return before[node.field] === 'utf8' || before[node.field] === 'int64'
        ? undefined
        : `the key "${node.field}" must be a utf8 or int64 field of ${fieldsOf(before)}`;
    case 'window':
      return checkWindow(node);
    case 'aggregate':
      return checkAggregates(node, before, dataflow);
    case 'windowFunction':
      return checkSchema(node.outputSchema);
    case 'pattern':
      return checkPattern(node) ?? checkSchema(node.outputSchema);
    case 'keyedProcess':
      return checkKeyedProcess(node, before) ?? checkSchema(node.outputSchema);
    case 'groupState':
      return checkGroupState(node, before) ?? checkSchema(node.outputSchema);
    case 'deduplicate':
      return checkDeduplicate(node, before);
    case 'sink':
      return checkOutputs(dataflow);
  }
}

/** Checks the nodes of one of several inputs, of which none is the sink. */
function checkInput({ name }: Dataflow): (input: InputChain) => string | undefined {
  return (input) => {
    for (const [index, node] of input.entries()) {
      const reason = checkNode(node, index, { name, nodes: input });
      if (reason !== undefined) return reason;
    }
    return undefined;
  };
}

function checkSource(node: SourceNode, dataflow: Dataflow): string | undefined {
  if (dataflow.name === '') return 'the dataflow needs a name';
  if (node.input === '') return 'the input needs a name';
  return checkSchema(node.schema);
}

function checkSchema(schema: Schema): string | undefined {
  const fields = Object.entries(schema);
  if (fields.length === 0) return 'the schema has no field';
  const unknown = fields.find(([, type]) => !FIELD_TYPES.includes(type));
  return unknown === undefined ? undefined : `field "${unknown[0]}" has the unknown type "${unknown[1]}"`;
}

/** Event time stays readable by name in every row behind the watermark. */
function checkEventTimeKept(index: number, after: Schema, dataflow: Dataflow): string | undefined {
  const watermark = dataflow.nodes.slice(0, index).find((node) => node.kind === 'watermark');
  if (watermark === undefined || after[watermark.field] === 'int64') return undefined;
  return `a map after the watermark must keep its int64 field "${watermark.field}"`;
}

function checkOutputs(dataflow: Dataflow): string | undefined {
  const outputs = outputsOf(dataflow);
  if (outputs.includes('')) return 'every output needs a name';
  const twice = outputs.find((output, index) => outputs.indexOf(output) !== index);
  if (twice !== undefined)
    return `the output "${twice}" is named twice (results, late records and dead letters go apart)`;
  const inputs = inputsOf(dataflow);
  return outputs.some((output) => inputs.includes(output)) ? 'an output has the name of an input' : undefined;
}

const fieldsOf = (schema: Schema): string => `(${Object.keys(schema).join(', ')})`;
