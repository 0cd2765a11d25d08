import type { AggregateNode, NamedAggregate, TumblingWindow } from '../../pipeline/index.ts';
import type { WindowShape } from '../columnar/index.ts';
import type { EventTime, KeyPlan } from './batch-plan.ts';
import type { OperatorInput, PlannedOperator } from './planned-operator.ts';

/** append: each group once, when the watermark closes it. update: the groups that the batch touched. Semantics B6. */
type OutputMode = 'append' | 'update';

export interface AggregatePlan {
  readonly kind: 'aggregate';
  /** Undefined: one group over all keys. */
  readonly key: KeyPlan | undefined;
  readonly window: WindowShape | undefined;
  /** Undefined: groups are never late and never closed. */
  readonly eventTime: EventTime | undefined;
  readonly aggregates: Readonly<Record<string, NamedAggregate>>;
  readonly outputMode: OutputMode;
  /** Whether each input partition aggregates its rows before the exchange; if not, rows are exchanged. True if left out. */
  readonly partial?: boolean;
}

/** Aggregates per key, per window, or per key and window. */
export function planAggregate({ aggregates, emit }: AggregateNode, input: OperatorInput): PlannedOperator {
  // The capabilities of this engine admit no other window and no other aggregates.
  const window = input.window?.window as TumblingWindow | undefined;
  const named = aggregates as Readonly<Record<string, NamedAggregate>>;
  const { key } = input;
  const eventTime = window === undefined ? undefined : input.eventTime;
  const operator: AggregatePlan = {
    kind: 'aggregate',
    key,
    window:
      window === undefined
        ? undefined
        : { sizeMs: window.sizeMs, slideMs: window.sizeMs, offsetMs: window.offsetMs },
    eventTime,
    aggregates: named,
    outputMode: emit === 'final' ? 'append' : 'update',
    partial: false,
  };
  const reads = [
    ...(key === undefined ? [] : [key.field]),
    ...(eventTime === undefined ? [] : [eventTime.field]),
    ...Object.values(named).flatMap((each) => (each.function === 'count' ? [] : [each.field])),
  ];
  return { operator, reads, label: label(operator, input) };
}

function label({ key, aggregates, outputMode }: AggregatePlan, { window }: OperatorInput): string {
  const by = [
    ...(key === undefined ? [] : [key.field]),
    ...(window === undefined ? [] : [`window(${words(window.window)})`]),
  ];
  const results = Object.entries(aggregates).map(
    ([name, each]) => `${each.function}(${each.function === 'count' ? '' : each.field}) AS ${name}`,
  );
  return `Aggregate by [${by.join(', ')}], [${results.join(', ')}], ${outputMode} mode`;
}

/** `tumbling, sizeMs 1000, offsetMs 0` */
function words(parts: object): string {
  const [kind, ...rest] = Object.entries(parts);
  return [kind?.[1], ...rest.map(([name, value]) => `${name} ${value}`)].join(', ');
}
