import type { DataflowNode } from './nodes.ts';

type Kind = DataflowNode['kind'];

/** Which nodes may follow a node. */
const ROWS: readonly Kind[] = [
  'map',
  'filter',
  'asyncMap',
  'watermark',
  'keyBy',
  'window',
  'aggregate',
  'deduplicate',
  'sink',
];
const FOLLOWERS: Readonly<Record<Kind, readonly Kind[]>> = {
  source: ROWS,
  union: ROWS,
  connect: ['sink'],
  intervalJoin: ['sink'],
  map: ROWS,
  filter: ROWS,
  asyncMap: ROWS,
  watermark: ROWS.filter((kind) => kind !== 'watermark'),
  keyBy: ['window', 'aggregate', 'keyedProcess', 'groupState', 'pattern'],
  window: ['aggregate', 'windowFunction'],
  aggregate: ['sink'],
  windowFunction: ['sink'],
  keyedProcess: ['sink'],
  groupState: ['sink'],
  deduplicate: ['sink'],
  pattern: ['sink'],
  sink: [],
};

/** Nodes that stand in the place of the source and have inputs of their own. */
const STARTS: readonly Kind[] = ['source', 'union', 'connect', 'intervalJoin'];

export interface Disorder {
  readonly index: number;
  readonly reason: string;
}

/** The first place where the chain is not: source, rows, keyBy or not, operation, sink; undefined if there is none. */
export function checkOrder(nodes: readonly DataflowNode[]): Disorder | undefined {
  if (nodes[0] === undefined || !STARTS.includes(nodes[0].kind)) {
    return { index: 0, reason: 'the first node must be a source' };
  }
  const kinds = nodes.map((node) => node.kind);
  for (const [index, kind] of kinds.entries()) {
    const next = kinds[index + 1];
    if (next === undefined) {
      return kind === 'sink' ? undefined : { index, reason: 'the last node must be a sink' };
    }
    if (!FOLLOWERS[kind].includes(next)) {
      return { index: index + 1, reason: `${next} may not follow ${kind}` };
    }
    if (next === 'watermark' && nodes.slice(0, index + 1).some(hasWatermark)) {
      return { index: index + 1, reason: 'there may be one watermark only' };
    }
    if (next === 'windowFunction' && !kinds.includes('keyBy')) {
      return { index: index + 1, reason: 'a windowFunction needs a keyBy' };
    }
    const needsWatermark = nodes[index + 1] as DataflowNode;
    if (usesEventTime(needsWatermark) && !isTimed(nodes.slice(0, index + 1))) {
      const place = kinds.slice(0, index + 1).includes('keyBy') ? 'keyBy' : 'it';
      return { index: index + 1, reason: `a ${next} needs a watermark before ${place}` };
    }
  }
  return undefined;
}

function usesEventTime(node: DataflowNode): boolean {
  return (
    node.kind === 'pattern' ||
    (node.kind === 'deduplicate' && node.withinWatermark === true) ||
    (node.kind === 'groupState' && node.timeout === 'event-time') ||
    (node.kind === 'window' && node.time !== 'processing' && node.window.type !== 'global')
  );
}

/** Whether rows have event time behind these nodes. Of several inputs each must have a watermark: the one without would hold the others back for ever. */
export function isTimed(nodes: readonly DataflowNode[]): boolean {
  return nodes.some(
    (node) => node.kind === 'watermark' || (node.kind === 'union' && node.inputs.every(isTimed)),
  );
}

/** Whether a watermark stands here, or in any input. */
function hasWatermark(node: DataflowNode): boolean {
  return (
    node.kind === 'watermark' ||
    (node.kind === 'union' && node.inputs.some((each) => each.some(hasWatermark)))
  );
}
