import type {
  Dataflow,
  DataflowNode,
  FilterNode,
  KeyByNode,
  MapNode,
  Schema,
  SinkNode,
  SourceNode,
  WatermarkNode,
} from '../../pipeline/index.ts';
import { fieldsOfAggregates, hasCustomTrigger, requiredFields, resultSchema } from '../../pipeline/index.ts';
import { type RowLayout, rowLayout } from '../exchange/index.ts';

/** What a record passes between the source and the keyBy. */
export type RowStep = MapNode | FilterNode | WatermarkNode;

/** A dataflow cut into what the source does, what crosses the exchange, and what the keyed operator does. */
export interface JobPlan {
  readonly dataflow: Dataflow;
  readonly source: SourceNode;
  /** Fields of the source's schema that anything reads. */
  readonly wanted: readonly string[];
  readonly steps: readonly RowStep[];
  readonly watermark: WatermarkNode | undefined;
  /** Undefined: nothing is keyed, rows go to the sink from where they were read. */
  readonly keyField: string | undefined;
  readonly layout: RowLayout;
  readonly resultSchema: Schema;
  /** Logical outputs; a sink addresses them by index. */
  readonly outputs: readonly string[];
  readonly resultOutput: number;
  readonly deadLetterOutput: number;
  /** Undefined: late records are dropped and counted. */
  readonly lateOutput: number | undefined;
}

/** Cuts a valid dataflow. */
export function planJob(dataflow: Dataflow): JobPlan {
  const nodes = dataflow.nodes;
  const source = nodes[0] as SourceNode;
  const sink = nodes.at(-1) as SinkNode;
  const keyBy = nodes.find((node) => node.kind === 'keyBy');
  const steps = nodes.filter(isRowStep);
  const before = steps.findLast((step) => step.kind === 'map')?.schema ?? source.schema;
  const used = keyBy === undefined ? undefined : fieldsBehindKeyBy(keyBy, nodes);
  const crossing = used ?? new Set(Object.keys(before));
  const lateOutput = nodes
    .filter((node) => node.kind === 'window')
    .map((node) => (node.late.kind === 'side-output' ? node.late.output : undefined))[0];
  const outputs = [
    ...new Set([sink.output, source.deadLetterOutput, ...(lateOutput === undefined ? [] : [lateOutput])]),
  ];
  return {
    dataflow,
    source,
    wanted: requiredFields(dataflow),
    steps,
    watermark: steps.find((node) => node.kind === 'watermark'),
    keyField: keyBy?.field,
    layout: rowLayout(before, crossing, lateOutput !== undefined),
    resultSchema: resultSchema(dataflow),
    outputs,
    resultOutput: outputs.indexOf(sink.output),
    deadLetterOutput: outputs.indexOf(source.deadLetterOutput),
    lateOutput: lateOutput === undefined ? undefined : outputs.indexOf(lateOutput),
  };
}

function isRowStep(node: DataflowNode): node is RowStep {
  return node.kind === 'map' || node.kind === 'filter' || node.kind === 'watermark';
}

/** The key and what the aggregates read; undefined where a function is given whole rows. */
function fieldsBehindKeyBy(keyBy: KeyByNode, nodes: readonly DataflowNode[]): Set<string> | undefined {
  const aggregate = nodes.find((node) => node.kind === 'aggregate');
  const window = nodes.find((node) => node.kind === 'window');
  if (aggregate === undefined || (window !== undefined && hasCustomTrigger(window))) {
    return undefined;
  }
  const fields = fieldsOfAggregates(aggregate);
  return fields === 'all' ? undefined : new Set([keyBy.field, ...fields]);
}
