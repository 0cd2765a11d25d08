import { type Document, isMap, isScalar, isSeq, type LineCounter, type Node } from 'yaml';
import type { z } from 'zod';

/** What is wrong with values, and where. */
export interface Fault {
  /** As `line 4, rates.0`. */
  readonly place: string;
  readonly reason: string;
}

/** A document that values were read from. */
export interface SourceDocument {
  readonly document: Document;
  readonly lines: LineCounter;
}

/** The fault that the first issue of a schema tells of. @param source by which the line is told, where there is one */
export function faultOf(issue: z.core.$ZodIssue, source?: SourceDocument): Fault {
  const { path, reason } = tell(issue);
  const offset = source && offsetOf(source.document.contents as Node | null, path);
  const line = offset === undefined ? null : source?.lines.linePos(offset).line;
  const field = path.length === 0 ? 'the top level' : path.map(String).join('.');
  return { place: line == null ? field : `line ${line}, ${field}`, reason };
}

function tell(issue: z.core.$ZodIssue): { path: readonly PropertyKey[]; reason: string } {
  if (issue.code === 'unrecognized_keys') {
    const [key = ''] = issue.keys;
    return { path: [...issue.path, key], reason: `there is no field "${key}"` };
  }
  if (issue.code === 'invalid_union') {
    // The alternative that was meant: the one that is wrong inside, not as a whole.
    const meant = issue.errors.find(
      ([first]) => first && (first.path.length > 0 || first.code !== 'invalid_type'),
    );
    if (meant?.[0]) {
      const inner = tell(meant[0]);
      return { path: [...issue.path, ...inner.path], reason: inner.reason };
    }
  }
  return { path: issue.path, reason: issue.message };
}

/** Where the part begins that a path leads to; as near to it as the document goes. */
function offsetOf(root: Node | null, path: readonly PropertyKey[]): number | undefined {
  let offset = root?.range?.[0];
  let node: unknown = root;
  for (const step of path) {
    if (isMap(node)) {
      const pair = node.items.find(({ key }) => isScalar(key) && String(key.value) === String(step));
      if (!pair) break;
      offset = (pair.key as Node).range?.[0] ?? offset;
      node = pair.value;
    } else if (isSeq(node)) {
      node = node.items[Number(step)];
      offset = (node as Node | undefined)?.range?.[0] ?? offset;
    } else break;
  }
  return offset;
}
