import type { DataflowNode, InputChain, IntervalJoinNode } from '../../pipeline/index.ts';
import type { KeyPlan } from './batch-plan.ts';
import type { OperatorInput, PlannedOperator } from './planned-operator.ts';

/** What a join has to know of the rows of one of its sides. */
export interface JoinSidePlan {
  readonly key: KeyPlan;
  /** Of the event time. */
  readonly timeField: string;
}

/** Pairs of rows of one key with left + lower <= right <= left + upper. */
export interface JoinPlan {
  readonly kind: 'join';
  /** Its name, for errors. */
  readonly dataflow: string;
  readonly left: JoinSidePlan;
  readonly right: JoinSidePlan;
  /** So many of the plan's sources, the first, lead to the left side: a side may be a union. */
  readonly leftSources: number;
  readonly lowerBoundMs: number;
  readonly upperBoundMs: number;
  readonly type: 'inner' | 'left-outer';
  readonly join: IntervalJoinNode['join'];
}

/** The operator of an intervalJoin, whose sides stand in `inputs`. */
export function planJoin(node: IntervalJoinNode, inputs: readonly OperatorInput[]): PlannedOperator {
  const { lowerBoundMs, upperBoundMs, type = 'inner', join } = node;
  const [left, right] = inputs.map(sidePlan) as [JoinSidePlan, JoinSidePlan];
  const bounds = `${left.timeField} + ${lowerBoundMs} <= ${right.timeField} <= ${left.timeField} + ${upperBoundMs}`;
  return {
    operator: {
      kind: 'join',
      dataflow: (inputs[0] as OperatorInput).dataflow,
      left,
      right,
      leftSources: sourcesOf(node.inputs[0]),
      lowerBoundMs,
      upperBoundMs,
      type,
      join,
    },
    reads: 'all',
    label: `StreamingSymmetricHashJoin ${type} ${left.key.field} = ${right.key.field} and ${bounds}`,
  };
}

function sidePlan({ key, eventTime }: OperatorInput): JoinSidePlan {
  if (key === undefined || eventTime === undefined) throw new TypeError('a side without key or event time');
  return { key, timeField: eventTime.field };
}

function sourcesOf(chain: InputChain): number {
  const start = chain[0] as DataflowNode;
  return start.kind === 'union' ? start.inputs.reduce((total, input) => total + sourcesOf(input), 0) : 1;
}
