import type {
  AsyncMapNode,
  Dataflow,
  DataflowNode,
  FilterNode,
  InputChain,
  KeyByNode,
  MapNode,
  Schema,
  SinkNode,
  SourceNode,
  WatermarkNode,
} from '../../pipeline/index.ts';
import { fieldsOfAggregates, hasCustomTrigger, requiredFields, resultSchema } from '../../pipeline/index.ts';
import { type ChannelInput, rowLayout } from '../exchange/index.ts';

/** What a record passes between the source and the keyBy without waiting. */
export type RowStep = MapNode | FilterNode | WatermarkNode;

/** One source and what its rows pass before they reach the keyed operator, or the sink. */
export interface SourcePlan {
  readonly source: SourceNode;
  /** Fields of the source's schema that anything reads. */
  readonly wanted: readonly string[];
  readonly steps: readonly (RowStep | AsyncMapNode)[];
  readonly watermark: WatermarkNode | undefined;
  /** Which input of the operator it leads to, counted from 0: each source of a union leads to the same. */
  readonly input: number;
  /** By index of outputs. */
  readonly deadLetterOutput: number;
}

/** A dataflow cut into what the sources do, what crosses the exchange, and what the keyed operator does. */
export interface JobPlan {
  readonly dataflow: Dataflow;
  /** In the order of the dataflow. Their partitions are numbered on, source by source. */
  readonly sources: readonly SourcePlan[];
  /** Inputs of the keyed operator: one, or two behind connect and intervalJoin. Without a keyed operator there is one, without a key. */
  readonly inputs: readonly ChannelInput[];
  /** False: rows go to the sink from where they were read. */
  readonly keyed: boolean;
  readonly resultSchema: Schema;
  /** Logical outputs; a sink addresses them by index. */
  readonly outputs: readonly string[];
  readonly resultOutput: number;
  /** Of the rows of side outputs, by output; late records and dead letters are no rows. */
  readonly sideSchemas: Readonly<Record<string, Schema>>;
  /** Undefined: late records are dropped and counted. */
  readonly lateOutput: number | undefined;
}

/** Cuts a valid dataflow. */
export function planJob(dataflow: Dataflow): JobPlan {
  const nodes = dataflow.nodes;
  const sink = nodes.at(-1) as SinkNode;
  const start = nodes[0] as DataflowNode;
  const chains: readonly InputChain[] =
    start.kind === 'connect' || start.kind === 'intervalJoin' ? start.inputs : [nodes];
  const sourceChains = chains.flatMap((chain, input) => sourcesOf(chain).map((each) => ({ input, each })));
  const lateOutput = nodes
    .filter((node) => node.kind === 'window' || node.kind === 'pattern')
    .map((node) => (node.late.kind === 'side-output' ? node.late.output : undefined))[0];
  const deadLetters = sourceChains.map(({ each }) => (each[0] as SourceNode).deadLetterOutput);
  const sideSchemas = sideSchemasOf(nodes);
  const outputs = [
    ...new Set([sink.output, ...deadLetters, ...(lateOutput === undefined ? [] : [lateOutput])]),
    ...Object.keys(sideSchemas),
  ];
  return {
    dataflow,
    sources: sourceChains.map(({ input, each }) => {
      const source = each[0] as SourceNode;
      const steps = each.filter(isStep);
      return {
        source,
        wanted: requiredFields({ name: dataflow.name, nodes: each }),
        steps,
        watermark: steps.find((node) => node.kind === 'watermark'),
        input,
        deadLetterOutput: outputs.indexOf(source.deadLetterOutput),
      };
    }),
    inputs: chains.map((chain) => inputOf(chain, chain === nodes, lateOutput !== undefined)),
    keyed: chains.some((chain) => chain.some((node) => node.kind === 'keyBy')),
    resultSchema: resultSchema(dataflow),
    outputs,
    sideSchemas,
    resultOutput: outputs.indexOf(sink.output),
    lateOutput: lateOutput === undefined ? undefined : outputs.indexOf(lateOutput),
  };
}

/** The chain from each source on: what follows a union follows each of its inputs. */
function sourcesOf(chain: InputChain): readonly InputChain[] {
  const start = chain[0] as DataflowNode;
  if (start.kind !== 'union') return [chain];
  return start.inputs.flatMap(sourcesOf).map((input) => [...input, ...chain.slice(1)]);
}

function isStep(node: DataflowNode): node is RowStep | AsyncMapNode {
  return (
    node.kind === 'map' || node.kind === 'filter' || node.kind === 'watermark' || node.kind === 'asyncMap'
  );
}

function inputOf(chain: InputChain, isWhole: boolean, withRaw: boolean): ChannelInput {
  const keyBy = chain.find((node) => node.kind === 'keyBy');
  const [first] = sourcesOf(chain);
  const before = (first as InputChain).reduce<Schema>(
    (schema, node) =>
      node.kind === 'source' || node.kind === 'map' || node.kind === 'asyncMap' ? node.schema : schema,
    {},
  );
  const used = keyBy === undefined || !isWhole ? undefined : fieldsBehindKeyBy(keyBy, chain);
  return { keyField: keyBy?.field, layout: rowLayout(before, used ?? new Set(Object.keys(before)), withRaw) };
}

function sideSchemasOf(nodes: readonly DataflowNode[]): Readonly<Record<string, Schema>> {
  const timedOut = nodes.find((node) => node.kind === 'pattern')?.timedOut;
  return timedOut === undefined ? {} : { [timedOut.output]: timedOut.outputSchema };
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
