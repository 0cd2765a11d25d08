import type { DeduplicateNode } from './deduplicate.ts';
import type { Schema } from './nodes.ts';

/** Why the node is wrong for the rows that reach it; undefined if it is right. */
export function checkDeduplicate({ fields }: DeduplicateNode, before: Schema): string | undefined {
  if (fields.length === 0) return 'it needs a field';
  const unknown = fields.find((field) => before[field] === undefined);
  return unknown === undefined
    ? undefined
    : `there is no field "${unknown}" among (${Object.keys(before).join(', ')})`;
}
