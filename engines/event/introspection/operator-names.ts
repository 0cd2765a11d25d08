import type { Dataflow, DataflowNode } from '../../pipeline/index.ts';

/** Of a job's plan: what each source's rows pass before they reach the keyed operator, or the sink. */
export interface PlannedOperators {
  readonly dataflow: Dataflow;
  readonly sources: readonly { readonly steps: readonly DataflowNode[] }[];
}

/** What a slot runs between source and sink; null where the dataflow has no such part. */
export interface OperatorNames {
  /** The fused row functions, up to the first asyncMap. */
  readonly steps: string | null;
  /** The asyncMaps, with the row functions behind them. */
  readonly asyncSteps: string | null;
  /** What keeps state by key. */
  readonly operator: string | null;
}

/** Operators are called by the kinds of the nodes that they run; those of several sources stand together. */
export function operatorNames({ dataflow, sources }: PlannedOperators): OperatorNames {
  const firstCall = ({ steps }: PlannedOperators['sources'][number]): number => {
    const index = steps.findIndex(({ kind }) => kind === 'asyncMap');
    return index < 0 ? steps.length : index;
  };
  return {
    steps: namesOf(sources.flatMap((source) => source.steps.slice(0, firstCall(source)))),
    asyncSteps: namesOf(sources.flatMap((source) => source.steps.slice(firstCall(source)))),
    operator: namesOf(dataflow.nodes.filter(isOfOperator)),
  };
}

function namesOf(nodes: readonly DataflowNode[]): string | null {
  return nodes.length === 0 ? null : [...new Set(nodes.map(({ kind }) => kind))].join(', ');
}

function isOfOperator({ kind }: DataflowNode): boolean {
  switch (kind) {
    case 'connect':
    case 'intervalJoin':
    case 'window':
    case 'aggregate':
    case 'windowFunction':
    case 'keyedProcess':
    case 'groupState':
    case 'deduplicate':
    case 'pattern':
      return true;
    case 'source':
    case 'union':
    case 'map':
    case 'filter':
    case 'asyncMap':
    case 'watermark':
    case 'keyBy':
    case 'sink':
      return false;
    default:
      return kind satisfies never;
  }
}
