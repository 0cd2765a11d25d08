import { type AggregateNode, type DataflowNode, schemaBefore } from '../../pipeline/index.ts';
import { RunningAggregateOperator } from '../aggregate/index.ts';
import { PatternOperator } from '../cep/index.ts';
import { IntervalJoinOperator } from '../interval-join/index.ts';
import { KeyedProcessOperator } from '../keyed-process/index.ts';
import type { KeyedOperator, OperatorOutput } from '../operator/index.ts';
import type { StateBackend } from '../state/index.ts';
import { type BroadcastTable, createConnectOperator } from '../two-input/index.ts';
import { createWindowOperator } from '../window/index.ts';
import { operatorErrors } from './errors.ts';

export interface KeyedOperatorParts<Raw> {
  /** Empty; `restore` comes after this call. The operator does not close it. */
  readonly state: StateBackend;
  readonly output: OperatorOutput<Raw>;
  /** The clock of processing time. */
  readonly nowMs: () => number;
  /** How long a window outlives its end at least, milliseconds. */
  readonly allowedLatenessMs: number;
  /** Restored. Of dataflows without a broadcast input nothing uses it. */
  readonly broadcast: BroadcastTable;
}

/**
 * Makes the operator behind the keyBy of a dataflow's nodes and declares its state. Throws EVENT_OPERATOR_UNSUPPORTED for nodes
 * that this engine has no operator for.
 */
export function createKeyedOperator<Raw>(
  nodes: readonly DataflowNode[],
  parts: KeyedOperatorParts<Raw>,
): KeyedOperator<Raw> {
  const start = nodes[0];
  if (start?.kind === 'connect') return createConnectOperator({ ...parts, process: start.process });
  if (start?.kind === 'intervalJoin') return new IntervalJoinOperator({ ...parts, ...start });
  const keyBy = nodes.find((node) => node.kind === 'keyBy');
  const window = nodes.find((node) => node.kind === 'window');
  const aggregate = nodes.find((node) => node.kind === 'aggregate');
  const keyedProcess = nodes.find((node) => node.kind === 'keyedProcess');
  if (keyBy === undefined) throw unsupported('it has no keyBy');
  const pattern = nodes.find((node) => node.kind === 'pattern');
  if (pattern !== undefined) return new PatternOperator({ ...parts, node: pattern });
  if (keyedProcess !== undefined) {
    if (window !== undefined || aggregate !== undefined) {
      throw unsupported('a keyedProcess stands beside a window or an aggregate');
    }
    return new KeyedProcessOperator({
      ...parts,
      process: keyedProcess.process,
      states: keyedProcess.states ?? {},
    });
  }
  if (window === undefined) return runningAggregate(keyBy.field, aggregate, parts);
  const operation = aggregate ?? nodes.find((node) => node.kind === 'windowFunction');
  if (operation === undefined) throw unsupported('neither an aggregate nor a function follows the window');
  if (operation.kind === 'aggregate' && operation.emit === 'changes') {
    throw unsupported('results of a window before it closes are not part of this model');
  }
  return createWindowOperator({
    ...parts,
    keyField: keyBy.field,
    schema: schemaBefore({ name: '', nodes }, nodes.indexOf(keyBy)),
    node: window,
    operation,
    allowedLatenessMs: Math.max(parts.allowedLatenessMs, window.allowedLatenessMs ?? 0),
  });
}

function runningAggregate<Raw>(
  keyField: string,
  aggregate: AggregateNode | undefined,
  parts: KeyedOperatorParts<Raw>,
): KeyedOperator<Raw> {
  if (aggregate === undefined) throw unsupported('no window, aggregate or keyedProcess follows the keyBy');
  if (aggregate.emit === 'final') throw unsupported('an aggregate without a window has no final result');
  return new RunningAggregateOperator({ ...parts, keyField, aggregates: aggregate.aggregates });
}

function unsupported(reason: string): Error {
  return operatorErrors.error('EVENT_OPERATOR_UNSUPPORTED', { reason });
}
