import type { ConnectNode, InputChain, IntervalJoinNode, UnionNode } from './multi-input.ts';
import { checkOrder, isTimed } from './node-order.ts';
import { schemaOfInput } from './schemas.ts';

/**
 * Why a node with several inputs is wrong; undefined if it is right.
 *
 * @param checkInput why the nodes of an input are wrong in themselves
 */
export function checkMultiInput(
  node: UnionNode | ConnectNode | IntervalJoinNode,
  checkInput: (input: InputChain) => string | undefined,
): string | undefined {
  for (const [index, input] of node.inputs.entries()) {
    const reason = checkEnd(node, index, input) ?? checkRows(input) ?? checkInput(input);
    if (reason !== undefined) return `input ${index + 1}: ${reason}`;
  }
  const timed = node.inputs.filter(isTimed).length;
  switch (node.kind) {
    case 'union':
      return checkUnion(node) ?? checkAllTimed(timed, node);
    case 'intervalJoin':
      if (timed < 2) return 'both inputs of an intervalJoin need a watermark';
      return checkBounds(node) ?? checkKeys(node.inputs);
    case 'connect':
      return node.process.kind === 'broadcast'
        ? undefined
        : (checkAllTimed(timed, node) ?? checkKeys(node.inputs));
  }
}

function checkUnion({ inputs }: UnionNode): string | undefined {
  if (inputs.length < 2) return 'a union needs two inputs or more';
  const [first, ...others] = inputs.map((input) => JSON.stringify(schemaOfInput(input)));
  return others.every((other) => other === first) ? undefined : 'the inputs of a union must have one schema';
}

/** Inputs of a connect or a join have a key; those of a union and a broadcast one have none. */
function checkEnd(
  node: UnionNode | ConnectNode | IntervalJoinNode,
  index: number,
  input: InputChain,
): string | undefined {
  const hasNoKey =
    node.kind === 'union' || (node.kind === 'connect' && node.process.kind === 'broadcast' && index === 1);
  const keyed = input.at(-1)?.kind === 'keyBy';
  if (keyed && hasNoKey) return 'it may not end with a keyBy';
  return keyed || hasNoKey ? undefined : 'it must end with a keyBy';
}

function checkRows(input: InputChain): string | undefined {
  const rows = input.at(-1)?.kind === 'keyBy' ? input.slice(0, -1) : input;
  return checkOrder([...rows, { kind: 'sink', output: 'results' }])?.reason;
}

/** One without would hold the others back for ever, or they would not wait for it. */
function checkAllTimed(timed: number, { kind, inputs }: UnionNode | ConnectNode): string | undefined {
  return timed === 0 || timed === inputs.length
    ? undefined
    : `all inputs of a ${kind} need a watermark, or none`;
}

function checkBounds({ lowerBoundMs, upperBoundMs }: IntervalJoinNode): string | undefined {
  if (!Number.isSafeInteger(lowerBoundMs) || !Number.isSafeInteger(upperBoundMs)) {
    return 'lowerBoundMs and upperBoundMs must be whole numbers';
  }
  return lowerBoundMs <= upperBoundMs ? undefined : 'lowerBoundMs must not be above upperBoundMs';
}

function checkKeys(inputs: readonly [InputChain, InputChain]): string | undefined {
  const [first, second] = inputs.map((input) => {
    const keyBy = input.at(-1);
    return keyBy?.kind === 'keyBy' ? schemaOfInput(input)[keyBy.field] : undefined;
  });
  return first === second ? undefined : 'the keys of both inputs must have one type';
}
