import type { AggregateNode, Schema, Trigger, WindowFunctionNode, WindowNode } from '../../pipeline/index.ts';
import { partsOfAggregates } from '../aggregate/index.ts';
import type { KeyedOperator, OperatorOutput } from '../operator/index.ts';
import type { StateBackend } from '../state/index.ts';
import { FixedWindowOperator } from './fixed-window-operator.ts';
import { SessionWindowOperator } from './session-window-operator.ts';
import { SlidingPaneOperator } from './sliding-pane-operator.ts';
import { createTrigger, NEVER } from './trigger.ts';
import type { WindowTime } from './triggered-window-operator.ts';
import { TumblingWindowOperator } from './tumbling-window-operator.ts';
import { aggregateContent, rowsContent, type WindowContent } from './window-content.ts';

export interface WindowOperatorOptions<Raw> {
  readonly keyField: string;
  /** Of the rows that reach the keyBy. */
  readonly schema: Schema;
  readonly node: WindowNode;
  /** What the windows are for. */
  readonly operation: AggregateNode | WindowFunctionNode;
  readonly allowedLatenessMs: number;
  readonly state: StateBackend;
  readonly output: OperatorOutput<Raw>;
  readonly nowMs: () => number;
  /** `separate` keeps a state of its own for every window, also where windows may share theirs. The results are the same. */
  readonly windows?: 'shared' | 'separate';
}

/** Makes the operator for windows of any kind: the cheapest one whose results are those of Flink's WindowOperator. */
export function createWindowOperator<Raw>(options: WindowOperatorOptions<Raw>): KeyedOperator<Raw> {
  const { node, operation } = options;
  if (operation.kind === 'windowFunction') {
    return triggeredOperator(options, rowsContent(operation.apply, options.output.emit.bind(options.output)));
  }
  const { aggregates } = operation;
  const { window } = node;
  if (firesOnceByWatermark(node) && options.windows !== 'separate') {
    if (window.type === 'tumbling') return new TumblingWindowOperator({ ...options, window, aggregates });
    if (window.type === 'sliding' && window.slideMs < window.sizeMs) {
      const parts = partsOfAggregates(aggregates, options.schema);
      return new SlidingPaneOperator({ ...options, window, aggregates, parts });
    }
  }
  const emit = options.output.emit.bind(options.output);
  return triggeredOperator(options, aggregateContent(options.keyField, aggregates, emit));
}

/** Event time, and nothing that purges or fires between. */
function firesOnceByWatermark({ time = 'event', trigger }: WindowNode): boolean {
  return time === 'event' && (trigger === undefined || trigger.type === 'eventTime');
}

function triggeredOperator<Content, Raw>(
  options: WindowOperatorOptions<Raw>,
  content: WindowContent<Content>,
): KeyedOperator<Raw> {
  const { window, time = 'event', trigger } = options.node;
  const windowTime: WindowTime = window.type === 'global' ? 'none' : time;
  const parts = {
    ...options,
    content,
    trigger: trigger === undefined ? usualTrigger(options.node) : createTrigger(trigger),
    time: windowTime,
  };
  return window.type === 'session'
    ? new SessionWindowOperator({ ...parts, gapMs: window.gapMs })
    : new FixedWindowOperator({ ...parts, window });
}

function usualTrigger({ window, time }: WindowNode) {
  if (window.type === 'global') return NEVER;
  const type: Trigger['type'] = time === 'processing' ? 'processingTime' : 'eventTime';
  return createTrigger({ type });
}
