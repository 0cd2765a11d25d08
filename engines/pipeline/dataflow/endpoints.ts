import type { Dataflow, DataflowNode } from './nodes.ts';

/** The logical inputs in the order of their sources; none for an unchecked dataflow without a source. */
export function inputsOf(dataflow: Dataflow): readonly string[] {
  return dataflow.nodes.flatMap(inputsOfNode);
}

function inputsOfNode(node: DataflowNode): readonly string[] {
  switch (node.kind) {
    case 'source':
      return [node.input];
    case 'union':
    case 'connect':
    case 'intervalJoin':
      return node.inputs.flat().flatMap(inputsOfNode);
    default:
      return [];
  }
}

/** All logical outputs: dead letters, late records where they are kept, results. */
export function outputsOf(dataflow: Dataflow): readonly string[] {
  return dataflow.nodes.flatMap(outputsOfNode);
}

function outputsOfNode(node: DataflowNode): readonly string[] {
  switch (node.kind) {
    case 'source':
      return [node.deadLetterOutput];
    case 'window':
      return node.late.kind === 'side-output' ? [node.late.output] : [];
    case 'pattern':
      return [
        ...(node.late.kind === 'side-output' ? [node.late.output] : []),
        ...(node.timedOut === undefined ? [] : [node.timedOut.output]),
      ];
    case 'union':
    case 'connect':
    case 'intervalJoin':
      return [...new Set(node.inputs.flat().flatMap(outputsOfNode))];
    case 'sink':
      return [node.output];
    case 'map':
    case 'filter':
    case 'asyncMap':
    case 'windowFunction':
    case 'watermark':
    case 'keyBy':
    case 'aggregate':
    case 'keyedProcess':
    case 'groupState':
    case 'deduplicate':
      return [];
  }
}
