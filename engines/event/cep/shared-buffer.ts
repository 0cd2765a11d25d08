import type { BufferEdge, BufferedEvent, BufferNode } from './buffered-event.ts';
import { type DeweyNumber, isCompatible } from './dewey-number.ts';

/** Events of one way through the buffer, first to last, with their stages. */
export type Path = readonly BufferNode[];

/**
 * Adds an event as a stage took it, behind `previous`, and locks the way to it.
 *
 * The buffer holds the events of all partial matches of a key once; a match is a node and a version (the versioned match buffer of Agrawal
 * et al., SIGMOD 2008; SharedBufferAccessor in flink-cep).
 */
export function putNode(
  event: BufferedEvent,
  stage: number,
  previous: BufferNode | undefined,
  version: DeweyNumber,
): BufferNode {
  if (previous !== undefined) lockNode(previous, version);
  let node = event.nodes.find((other) => other.stage === stage);
  if (node === undefined) {
    node = { event, stage, exists: true, locks: 0, edges: [] };
    event.nodes.push(node);
  } else if (!node.exists) {
    node.exists = true;
    node.locks = 0;
    node.edges = [];
  }
  node.edges.push({ target: previous, version, locks: 0 });
  return node;
}

/** One more match of this version uses the node. */
export function lockNode(node: BufferNode, version: DeweyNumber): void {
  if (!node.exists) return;
  node.locks += 1;
  for (const edge of node.edges) {
    if (isCompatible(version, edge.version)) edge.locks += 1;
  }
}

/** One match of this version less: edges and nodes that nothing uses any more go. */
export function releaseNode(node: BufferNode | undefined, version: DeweyNumber): void {
  const nodes = [node];
  const versions = [version];
  for (let current = nodes.pop(); current !== undefined; current = nodes.pop()) {
    const currentVersion = versions.pop() as DeweyNumber;
    if (!current.exists) return;
    const kept: BufferEdge[] = [];
    for (const edge of current.edges) {
      if (isCompatible(currentVersion, edge.version) && released(edge)) {
        if (edge.target !== undefined) {
          nodes.push(edge.target);
          versions.push(edge.version);
        }
      } else {
        kept.push(edge);
      }
    }
    current.edges = kept;
    if (released(current)) current.exists = false;
  }
}

/** All ways that lead to a node for a match of this version; the first is the match itself. */
export function pathsTo(node: BufferNode | undefined, version: DeweyNumber): readonly Path[] {
  const paths: Path[] = [];
  if (node === undefined || !node.exists) return paths;
  const open: { node: BufferNode | undefined; version: DeweyNumber; behind: Path }[] = [
    { node, version, behind: [] },
  ];
  for (let step = open.pop(); step !== undefined; step = open.pop()) {
    if (step.node === undefined) {
      paths.push(step.behind);
      continue;
    }
    const path = [step.node, ...step.behind];
    for (const edge of step.node.edges) {
      if (isCompatible(step.version, edge.version)) {
        open.push({ node: edge.target, version: edge.version, behind: path });
      }
    }
  }
  return paths;
}

/** Whether that was the last lock. */
function released(lockable: { locks: number }): boolean {
  if (lockable.locks > 0) lockable.locks -= 1;
  return lockable.locks === 0;
}
