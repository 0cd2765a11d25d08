import type { ConnectNode, IntervalJoinNode, UnionNode } from './multi-input.ts';
import { checkOrder } from './node-order.ts';
import { schemaOfInput } from './schemas.ts';

/** Why a node with several inputs is wrong; undefined if it is right. */
export function checkMultiInput(node: UnionNode | ConnectNode | IntervalJoinNode): string | undefined {
  for (const [index, input] of node.inputs.entries()) {
    const disorder = checkOrder([...input, { kind: 'sink', output: 'results' }]);
    if (disorder !== undefined && node.kind === 'union') return `input ${index + 1}: ${disorder.reason}`;
  }
  if (node.kind !== 'union') return undefined;
  if (node.inputs.length < 2) return 'a union needs two inputs or more';
  const [first, ...others] = node.inputs.map((input) => JSON.stringify(schemaOfInput(input)));
  return others.every((other) => other === first) ? undefined : 'the inputs of a union must have one schema';
}
