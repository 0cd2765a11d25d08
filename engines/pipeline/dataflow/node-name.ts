import type { Dataflow } from './nodes.ts';

/** How errors and docs call a node: its kind and its place in the chain, counted from 1. */
export function nodeName(dataflow: Dataflow, index: number): string {
  return `node ${index + 1} (${dataflow.nodes[index]?.kind ?? 'missing'})`;
}
