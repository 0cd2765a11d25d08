import type { Dataflow, DataflowNode } from '../../pipeline/index.ts';

/** What a slot runs between source and sink; null where the dataflow has no such part. */
export interface OperatorNames {
  /** The fused row functions. */
  readonly steps: string | null;
  /** What keeps state by key. */
  readonly operator: string | null;
}

/** Operators are called by the kinds of the nodes that they run. */
export function operatorNames({ nodes }: Dataflow): OperatorNames {
  return { steps: namesOf(nodes.filter(isStep)), operator: namesOf(nodes.filter(isOfOperator)) };
}

function namesOf(nodes: readonly DataflowNode[]): string | null {
  return nodes.length === 0 ? null : nodes.map(({ kind }) => kind).join(', ');
}

function isStep({ kind }: DataflowNode): boolean {
  return kind === 'map' || kind === 'filter' || kind === 'asyncMap' || kind === 'watermark';
}

function isOfOperator(node: DataflowNode): boolean {
  switch (node.kind) {
    case 'source':
    case 'union':
    case 'keyBy':
    case 'sink':
      return false;
    default:
      return !isStep(node);
  }
}
