import type { KafkaClient } from '../../../kafka/index.ts';
import type { Dataflow, DataflowNode, Deployment, SinkNode, SourceNode } from '../../pipeline/index.ts';
import type { BatchSink } from '../execution/index.ts';
import type { MicroBatchSettings } from '../settings/index.ts';
import { openDirectSink } from './direct-sink.ts';
import { openTransactionalSink } from './transactional-sink.ts';

/** The sink of a dataflow by the guarantee of its deployment, with a topic for the dead letters of each source. */
export async function openSink(
  client: KafkaClient,
  dataflow: Dataflow,
  deployment: Deployment,
  { acks, lingerMs, maxInFlight, transactionTimeoutMs }: MicroBatchSettings,
): Promise<BatchSink> {
  const { guarantee, group, topics: bound } = deployment;
  const sources = sourcesOf(dataflow.nodes);
  const open = async (topic: string) => ({ topic, partitions: await client.admin.partitionCount(topic) });
  const lateOutput = lateOutputOf(dataflow);
  const [results, late, ...deadLetters] = await Promise.all([
    open(resultTopic(dataflow, deployment)),
    lateOutput === undefined ? undefined : open(bound[lateOutput] as string),
    ...sources.map(({ deadLetterOutput }) => open(bound[deadLetterOutput] as string)),
  ]);
  const topics = { results, late, deadLetters };
  switch (guarantee) {
    case 'at-least-once':
      return openDirectSink(client, topics, { acks, lingerMs, maxInFlight });
    case 'exactly-once':
      return openTransactionalSink({
        client,
        topics,
        inputTopics: sources.map(({ input }) => bound[input] as string),
        group,
        acks: -1,
        lingerMs,
        maxInFlight,
        transactionTimeoutMs,
      });
  }
}

/** Where results go. */
export function resultTopic({ nodes }: Dataflow, { topics }: Deployment): string {
  const sink = nodes.find((node) => node.kind === 'sink') as SinkNode;
  return topics[sink.output] as string;
}

/** Where late rows go; undefined if they are counted only. */
function lateOutputOf({ nodes }: Dataflow): string | undefined {
  const late = nodes.find((node) => node.kind === 'window')?.late;
  return late?.kind === 'side-output' ? late.output : undefined;
}

/** In the order of the plan. */
function sourcesOf(nodes: readonly DataflowNode[]): readonly SourceNode[] {
  return nodes.flatMap((node) => {
    switch (node.kind) {
      case 'source':
        return [node];
      case 'union':
      case 'connect':
      case 'intervalJoin':
        return sourcesOf(node.inputs.flat());
      default:
        return [];
    }
  });
}
