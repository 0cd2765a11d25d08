import { CAPABILITIES, type Capability } from './capability.ts';
import {
  type AggregateNode,
  type Dataflow,
  type DataflowNode,
  type InputChain,
  type KeyedProcessNode,
  nodeName,
  type WindowNode,
} from './dataflow/index.ts';
import { pipelineErrors } from './errors.ts';
import type { EngineName, Guarantee } from './lifecycle/index.ts';

/** A capability and the node that asks for it. */
export interface RequiredCapability {
  readonly capability: Capability;
  readonly nodeIndex: number;
}

/** What a valid dataflow asks of an engine, in the order of its nodes; the guarantee is asked for by the sink. */
export function requiredCapabilities(
  dataflow: Dataflow,
  guarantee: Guarantee = 'at-least-once',
): readonly RequiredCapability[] {
  const windowed = dataflow.nodes.some((node) => node.kind === 'window');
  const keyed = dataflow.nodes.some((node) => node.kind === 'keyBy');
  return dataflow.nodes.flatMap((node, nodeIndex) => {
    const unkeyed = !keyed && (node.kind === 'aggregate' || node.kind === 'windowFunction');
    return [
      ...(unkeyed ? (['unkeyed-aggregate'] as const) : []),
      ...capabilitiesOf(node, windowed, guarantee),
    ].map((capability) => ({ capability, nodeIndex }));
  });
}

/**
 * Refuses a dataflow that asks for more than the engine has.
 *
 * @throws PIPELINE_CAPABILITY_MISSING, naming the first capability that is missing and the node that asks for it.
 */
export function refuseMissing(
  engine: EngineName,
  capabilities: ReadonlySet<Capability>,
  dataflow: Dataflow,
  guarantee?: Guarantee,
): void {
  const missing = requiredCapabilities(dataflow, guarantee).find(
    (required) => !capabilities.has(required.capability),
  );
  if (missing === undefined) return;
  throw pipelineErrors.error('PIPELINE_CAPABILITY_MISSING', {
    engine,
    capability: missing.capability,
    meaning: CAPABILITIES[missing.capability],
    asker: `${nodeName(dataflow, missing.nodeIndex)} of dataflow "${dataflow.name}"`,
  });
}

/** Whether each input of the dataflow leads to an output of its own on an engine with these capabilities. */
export function putsOutEveryChange(capabilities: ReadonlySet<Capability>, dataflow: Dataflow): boolean {
  return (
    capabilities.has('every-change') &&
    requiredCapabilities(dataflow).some(({ capability }) => capability === 'running-aggregate')
  );
}

function capabilitiesOf(node: DataflowNode, windowed: boolean, guarantee: Guarantee): readonly Capability[] {
  switch (node.kind) {
    case 'source':
    case 'map':
    case 'filter':
    case 'keyBy':
      return [];
    case 'watermark':
      return node.generator === undefined ? [] : ['custom-watermark'];
    case 'asyncMap':
      return ['async-io'];
    case 'union':
      return ['union', ...capabilitiesOfInputs(node.inputs)];
    case 'connect':
      return [
        node.process.kind === 'keyed' ? 'connect' : 'broadcast-state',
        ...(node.process.onEventTimeTimer === undefined ? [] : (['event-time-timer'] as const)),
        ...(node.process.onProcessingTimeTimer === undefined ? [] : (['processing-time-timer'] as const)),
        ...capabilitiesOfInputs(node.inputs),
      ];
    case 'intervalJoin':
      return [
        'interval-join',
        ...(node.type === 'left-outer' ? (['outer-join'] as const) : []),
        ...capabilitiesOfInputs(node.inputs),
      ];
    case 'window':
      return capabilitiesOfWindow(node);
    case 'aggregate':
      return capabilitiesOfAggregate(node, windowed);
    case 'windowFunction':
      return ['window-function'];
    case 'pattern':
      return ['pattern', node.late.kind === 'side-output' ? 'late-side-output' : 'late-count'];
    case 'keyedProcess':
      return capabilitiesOfKeyedProcess(node);
    case 'groupState':
      return ['group-state'];
    case 'deduplicate':
      return ['deduplicate'];
    case 'sink':
      return [
        ...(node.foreachBatch === undefined ? [] : (['foreach-batch'] as const)),
        ...(guarantee === 'exactly-once' ? (['exactly-once'] as const) : []),
      ];
  }
}

function capabilitiesOfKeyedProcess({ process, states = {} }: KeyedProcessNode): readonly Capability[] {
  const declared = Object.values(states);
  return [
    'keyed-process',
    ...(process.onEventTimeTimer === undefined ? [] : (['event-time-timer'] as const)),
    ...(process.onProcessingTimeTimer === undefined ? [] : (['processing-time-timer'] as const)),
    ...(declared.length === 0 ? [] : (['declared-state'] as const)),
    ...(declared.some(({ ttl }) => ttl !== undefined) ? (['state-ttl'] as const) : []),
  ];
}

function capabilitiesOfInputs(inputs: readonly InputChain[]): readonly Capability[] {
  return inputs.flat().flatMap((node) => capabilitiesOf(node, false, 'at-least-once'));
}

function capabilitiesOfAggregate(
  { aggregates, emit }: AggregateNode,
  windowed: boolean,
): readonly Capability[] {
  const isCustom = Object.values(aggregates).some((aggregate) => aggregate.function === 'custom');
  return [
    ...(windowed ? [] : (['running-aggregate'] as const)),
    ...(windowed && emit === 'changes' ? (['window-changes'] as const) : []),
    ...(emit === 'all' ? (['complete-results'] as const) : []),
    ...(isCustom ? (['custom-aggregate'] as const) : []),
  ];
}

function capabilitiesOfWindow({
  window,
  late,
  time,
  trigger,
  allowedLatenessMs,
}: WindowNode): readonly Capability[] {
  const usual = window.type === 'global' ? undefined : time === 'processing' ? 'processingTime' : 'eventTime';
  return [
    `${window.type}-window`,
    ...(time === 'processing' ? (['processing-time-window'] as const) : []),
    ...(trigger === undefined || trigger.type === usual ? [] : (['window-trigger'] as const)),
    ...(allowedLatenessMs ? (['allowed-lateness'] as const) : []),
    late.kind === 'side-output' ? 'late-side-output' : 'late-count',
  ];
}
