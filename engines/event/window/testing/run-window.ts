import { type Aggregate, count, type WindowNode } from '../../../pipeline/index.ts';
import {
  type OpenBackend,
  type OperatorEmission,
  type OperatorStep,
  openHeapBackend,
  runOperatorSteps,
  runOperatorStepsRestoring,
} from '../../operator-harness/index.ts';
import { createWindowOperator, type WindowOperatorOptions } from '../create-window-operator.ts';

export type Step = OperatorStep<string>;

export interface WindowCase {
  readonly node: Omit<WindowNode, 'kind' | 'late'>;
  readonly operation?: WindowOperatorOptions<string>['operation'];
  readonly aggregates?: Readonly<Record<string, Aggregate>>;
  readonly windows?: 'shared' | 'separate';
  readonly open?: OpenBackend;
}

/** An element of key `key` with a value and its half, which sums exactly; its raw form tells it from others. */
export function element(key: string, value: number, timestampMs: number): Step {
  return {
    element: { key, row: { value, half: value / 2 }, timestampMs, raw: `${key} ${value} at ${timestampMs}` },
  };
}

/** Drives the window operator of a node: as the steps are, or with a restore after each. */
export function runWindow(
  {
    node,
    operation,
    aggregates = { count: count() },
    windows = 'shared',
    open = openHeapBackend,
  }: WindowCase,
  steps: readonly Step[],
  restores: 'as-given' | 'after-each' = 'as-given',
): Promise<readonly (readonly OperatorEmission<string>[])[]> {
  const run = restores === 'as-given' ? runOperatorSteps : runOperatorStepsRestoring;
  return run<string>(
    open,
    (parts) =>
      createWindowOperator({
        ...parts,
        keyField: 'key',
        schema: { key: 'utf8', value: 'int64', half: 'float64' },
        node: { ...node, kind: 'window', late: { kind: 'count' } },
        operation: operation ?? { kind: 'aggregate', aggregates, emit: 'final' },
        allowedLatenessMs: node.allowedLatenessMs ?? 0,
        windows,
      }),
    steps,
  );
}

/** Emissions of one step in an order of their own: timers of one time have none. */
export function sorted(emissions: readonly OperatorEmission<string>[]): readonly string[] {
  return emissions.map((emission) => JSON.stringify(emission)).sort();
}
