import type { Aggregate, AggregateNode } from '../../pipeline/index.ts';
import { fieldsOfAggregates } from '../../pipeline/index.ts';
import type { WindowShape } from '../columnar/index.ts';
import { microBatchErrors } from '../errors.ts';
import type { OutputMode } from './aggregate-plan.ts';
import type { EventTime, KeyPlan } from './batch-plan.ts';
import type { OperatorInput } from './planned-operator.ts';

export type KeyedWindow =
  | ({ readonly type: 'aligned' } & WindowShape)
  | { readonly type: 'session'; readonly gapMs: number };

/** Aggregates over windows that are kept together by key: sessions, and all windows of aggregates of the user's. */
export interface KeyedWindowsPlan {
  readonly kind: 'keyed-windows';
  /** Undefined: one group over all keys. */
  readonly key: KeyPlan | undefined;
  readonly window: KeyedWindow | undefined;
  /** Undefined: groups are never late and never closed. */
  readonly eventTime: EventTime | undefined;
  readonly aggregates: Readonly<Record<string, Aggregate>>;
  readonly outputMode: OutputMode;
  /** Whether late rows are put out. */
  readonly keepsLateRows: boolean;
}

/** The window of a dataflow as this engine's operators know it. Its capabilities admit no other kind. */
export function keyedWindow({ window }: OperatorInput): KeyedWindow | undefined {
  const specification = window?.window;
  switch (specification?.type) {
    case 'session':
      return { type: 'session', gapMs: specification.gapMs };
    case 'tumbling': {
      const { sizeMs, offsetMs } = specification;
      return { type: 'aligned', sizeMs, slideMs: sizeMs, offsetMs };
    }
    case 'sliding': {
      const { sizeMs, slideMs, offsetMs } = specification;
      return { type: 'aligned', sizeMs, slideMs, offsetMs };
    }
    default:
      return undefined;
  }
}

/** The columns that aggregates over row objects read. */
export function readsOfRows(
  node: AggregateNode,
  { key, eventTime }: OperatorInput,
): readonly string[] | 'all' {
  const fields = fieldsOfAggregates(node);
  if (fields === 'all') return 'all';
  return [
    ...(key === undefined ? [] : [key.field]),
    ...(eventTime === undefined ? [] : [eventTime.field]),
    ...fields,
  ];
}

/**
 * Turns down what Spark turns down of session windows (UnsupportedOperationChecker and AggUtils); `when` is the moment
 * at which Spark does so.
 *
 * @throws MICRO_BATCH_QUERY_REFUSED
 */
export function refuseSession(outputMode: OutputMode, { key, dataflow }: OperatorInput): void {
  if (outputMode === 'update') {
    throw microBatchErrors.error('MICRO_BATCH_QUERY_REFUSED', {
      dataflow,
      when: 'start',
      reason:
        'a session has no result before it closes (update mode), since rows to come may merge it with others',
    });
  }
  if (key === undefined) {
    throw microBatchErrors.error('MICRO_BATCH_QUERY_REFUSED', {
      dataflow,
      when: 'firstBatch',
      reason: 'session windows need a key',
    });
  }
}
