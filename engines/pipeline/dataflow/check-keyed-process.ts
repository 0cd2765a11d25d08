import type { KeyedProcessNode } from './keyed-process.ts';
import type { StateDeclaration, StateDeclarations } from './keyed-state.ts';
import type { Schema } from './nodes.ts';

/** Why a keyedProcess is wrong for the rows that reach it; undefined if it is right. Its output schema is checked elsewhere. */
export function checkKeyedProcess(
  { orderBy, states = {} }: KeyedProcessNode,
  before: Schema,
): string | undefined {
  if (before[orderBy] !== 'int64') {
    return `orderBy "${orderBy}" must be an int64 field of (${Object.keys(before).join(', ')})`;
  }
  return checkStates(states);
}

function checkStates(states: StateDeclarations): string | undefined {
  for (const [name, declaration] of Object.entries(states)) {
    const reason = name === '' ? 'it needs a name' : checkState(declaration);
    if (reason !== undefined) return `state "${name}": ${reason}`;
  }
  return undefined;
}

function checkState({ ttl }: StateDeclaration): string | undefined {
  return ttl === undefined || (Number.isSafeInteger(ttl.ttlMs) && ttl.ttlMs > 0)
    ? undefined
    : 'ttlMs must be a whole number above 0';
}
