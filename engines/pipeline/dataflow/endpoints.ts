import type { Dataflow, DataflowNode } from './nodes.ts';

/** The logical input; undefined for an unchecked dataflow without a source. */
export function inputOf(dataflow: Dataflow): string | undefined {
  return dataflow.nodes.find((node) => node.kind === 'source')?.input;
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
    case 'sink':
      return [node.output];
    case 'map':
    case 'filter':
    case 'watermark':
    case 'keyBy':
    case 'aggregate':
    case 'keyedProcess':
      return [];
  }
}
