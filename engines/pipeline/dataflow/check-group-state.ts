import type { GroupStateNode } from './group-state.ts';
import type { Schema } from './nodes.ts';

/** Why the node is wrong for the rows that reach it; undefined if it is right. Its output schema is checked elsewhere. */
export function checkGroupState({ orderBy }: GroupStateNode, before: Schema): string | undefined {
  return before[orderBy] === 'int64'
    ? undefined
    : `orderBy "${orderBy}" must be an int64 field of (${Object.keys(before).join(', ')})`;
}
