import { pipelineErrors } from '../errors.ts';
import { checkNode } from './check-node.ts';
import { nodeName } from './node-name.ts';
import { checkOrder } from './node-order.ts';
import type { Dataflow } from './nodes.ts';

/**
 * Holds a dataflow to the form that every engine relies on: the order of nodes, fields that exist and have the right type, sizes and
 * delays that make sense, outputs with names of their own. What passes needs no further check inside an engine.
 *
 * @throws PIPELINE_DATAFLOW_INVALID, naming the node.
 */
export function validateDataflow(dataflow: Dataflow): void {
  const refuse = (index: number, reason: string): never => {
    throw pipelineErrors.error('PIPELINE_DATAFLOW_INVALID', {
      dataflow: dataflow.name,
      node: nodeName(dataflow, index),
      reason,
    });
  };
  const disorder = checkOrder(dataflow.nodes);
  if (disorder !== undefined) refuse(disorder.index, disorder.reason);
  for (const [index, node] of dataflow.nodes.entries()) {
    const reason = checkNode(node, index, dataflow);
    if (reason !== undefined) refuse(index, reason);
  }
}
