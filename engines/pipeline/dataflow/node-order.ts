import type { DataflowNode } from './nodes.ts';

type Kind = DataflowNode['kind'];

/** Which nodes may follow a node. */
const FOLLOWERS: Readonly<Record<Kind, readonly Kind[]>> = {
  source: ['map', 'filter', 'watermark', 'keyBy', 'sink'],
  map: ['map', 'filter', 'watermark', 'keyBy', 'sink'],
  filter: ['map', 'filter', 'watermark', 'keyBy', 'sink'],
  watermark: ['map', 'filter', 'keyBy', 'sink'],
  keyBy: ['window', 'aggregate', 'keyedProcess'],
  window: ['aggregate'],
  aggregate: ['sink'],
  keyedProcess: ['sink'],
  sink: [],
};

export interface Disorder {
  readonly index: number;
  readonly reason: string;
}

/** The first place where the chain is not: source, rows, keyBy, operation, sink; undefined if there is none. */
export function checkOrder(nodes: readonly DataflowNode[]): Disorder | undefined {
  if (nodes[0]?.kind !== 'source') return { index: 0, reason: 'the first node must be a source' };
  const kinds = nodes.map((node) => node.kind);
  for (const [index, kind] of kinds.entries()) {
    const next = kinds[index + 1];
    if (next === undefined) {
      return kind === 'sink' ? undefined : { index, reason: 'the last node must be a sink' };
    }
    if (!FOLLOWERS[kind].includes(next)) {
      return { index: index + 1, reason: `${next} may not follow ${kind}` };
    }
    if (next === 'watermark' && kinds.indexOf('watermark') <= index) {
      return { index: index + 1, reason: 'there may be one watermark only' };
    }
    if (next === 'window' && !kinds.slice(0, index).includes('watermark')) {
      return { index: index + 1, reason: 'a window needs a watermark before keyBy' };
    }
  }
  return undefined;
}
