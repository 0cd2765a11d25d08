import type { AggregateNode, DataflowNode, TumblingWindow, WindowNode } from '../../pipeline/index.ts';
import { RunningAggregateOperator } from '../aggregate/index.ts';
import { KeyedProcessOperator } from '../keyed-process/index.ts';
import type { KeyedOperator, OperatorOutput } from '../operator/index.ts';
import type { StateBackend } from '../state/index.ts';
import { WindowAggregateOperator } from '../window/index.ts';
import { operatorErrors } from './errors.ts';

export interface KeyedOperatorParts<Raw> {
  /** Empty; `restore` comes after this call. The operator does not close it. */
  readonly state: StateBackend;
  readonly output: OperatorOutput<Raw>;
  /** The clock of processing time. */
  readonly nowMs: () => number;
  /** How long a window outlives its end, milliseconds. */
  readonly allowedLatenessMs: number;
}

/**
 * Makes the operator behind the keyBy of a dataflow's nodes and declares its state. Throws EVENT_OPERATOR_UNSUPPORTED for nodes
 * that this engine has no operator for.
 */
export function createKeyedOperator<Raw>(
  nodes: readonly DataflowNode[],
  parts: KeyedOperatorParts<Raw>,
): KeyedOperator<Raw> {
  const keyBy = nodes.find((node) => node.kind === 'keyBy');
  const window = nodes.find((node) => node.kind === 'window');
  const aggregate = nodes.find((node) => node.kind === 'aggregate');
  const keyedProcess = nodes.find((node) => node.kind === 'keyedProcess');
  if (keyBy === undefined) throw unsupported('it has no keyBy');
  if (keyedProcess !== undefined) {
    if (window !== undefined || aggregate !== undefined) {
      throw unsupported('a keyedProcess stands beside a window or an aggregate');
    }
    return new KeyedProcessOperator({ ...parts, process: keyedProcess.process });
  }
  if (aggregate === undefined) throw unsupported('no aggregate or keyedProcess follows the keyBy');
  return aggregateOperator(keyBy.field, window, aggregate, parts);
}

function aggregateOperator<Raw>(
  keyField: string,
  window: WindowNode | undefined,
  { aggregates, emit }: AggregateNode,
  parts: KeyedOperatorParts<Raw>,
): KeyedOperator<Raw> {
  if (window === undefined) {
    if (emit === 'final') throw unsupported('an aggregate without a window has no final result');
    return new RunningAggregateOperator({ ...parts, keyField, aggregates });
  }
  if (emit === 'changes')
    throw unsupported('results of a window before it closes are not part of this model');
  return new WindowAggregateOperator({
    ...parts,
    keyField,
    aggregates,
    window: window.window as TumblingWindow,
  });
}

function unsupported(reason: string): Error {
  return operatorErrors.error('EVENT_OPERATOR_UNSUPPORTED', { reason });
}
