import type { Aggregate, AggregateNode, NamedAggregate } from '../../pipeline/index.ts';
import type { WindowShape } from '../columnar/index.ts';
import type { EventTime, KeyPlan } from './batch-plan.ts';
import { type KeyedWindowsPlan, keyedWindow, readsOfRows, refuseSession } from './keyed-windows-plan.ts';
import type { OperatorInput, PlannedOperator } from './planned-operator.ts';

/**
 * append: each group once, when the watermark closes it. update: the groups that the batch touched. complete: all there
 * are, and none is ever late or closed. Semantics B6.
 */
export type OutputMode = 'append' | 'update' | 'complete';

export interface AggregatePlan {
  readonly kind: 'aggregate';
  /** Undefined: one group over all keys. */
  readonly key: KeyPlan | undefined;
  readonly window: WindowShape | undefined;
  /** Undefined: groups are never late and never closed. */
  readonly eventTime: EventTime | undefined;
  readonly aggregates: Readonly<Record<string, NamedAggregate>>;
  readonly outputMode: OutputMode;
  /** Whether late rows are put out. False if left out. */
  readonly keepsLateRows?: boolean;
  /** Whether each input partition aggregates its rows before the exchange; if not, rows are exchanged. True if left out. */
  readonly partial?: boolean;
}

/** Aggregates per key, per window, or per key and window. */
export function planAggregate(node: AggregateNode, input: OperatorInput): PlannedOperator {
  const { aggregates } = node;
  const { key } = input;
  const window = keyedWindow(input);
  const eventTime = window === undefined ? undefined : input.eventTime;
  const outputMode = OUTPUT_MODES[node.emit];
  const keepsLateRows = input.window?.late.kind === 'side-output';
  if (window?.type === 'session') refuseSession(outputMode, input);
  const common = { key, eventTime, outputMode, keepsLateRows };
  const operator: AggregatePlan | KeyedWindowsPlan =
    window?.type === 'session' || !areNamed(aggregates)
      ? { kind: 'keyed-windows', ...common, window, aggregates }
      : { kind: 'aggregate', ...common, window, aggregates, partial: false };
  const reads = keepsLateRows ? 'all' : readsOfRows(node, { ...input, eventTime });
  return { operator, reads, label: label(operator, input) };
}

const OUTPUT_MODES: Readonly<Record<AggregateNode['emit'], OutputMode>> = {
  final: 'append',
  changes: 'update',
  all: 'complete',
};

function areNamed(
  aggregates: Readonly<Record<string, Aggregate>>,
): aggregates is Readonly<Record<string, NamedAggregate>> {
  return Object.values(aggregates).every((aggregate) => aggregate.function !== 'custom');
}

function label(
  { key, aggregates, outputMode }: AggregatePlan | KeyedWindowsPlan,
  { window }: OperatorInput,
): string {
  const by = [
    ...(key === undefined ? [] : [key.field]),
    ...(window === undefined ? [] : [`window(${words(window.window)})`]),
  ];
  const results = Object.entries(aggregates).map(
    ([name, each]) => `${each.function}(${'field' in each ? each.field : ''}) AS ${name}`,
  );
  return `Aggregate by [${by.join(', ')}], [${results.join(', ')}], ${outputMode} mode`;
}

/** `tumbling, sizeMs 1000, offsetMs 0` */
function words(parts: object): string {
  const [kind, ...rest] = Object.entries(parts);
  return [kind?.[1], ...rest.map(([name, value]) => `${name} ${value}`)].join(', ');
}
