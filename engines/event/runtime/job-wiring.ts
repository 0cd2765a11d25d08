import { connect, type KafkaClient } from '../../../kafka/index.ts';
import type { Deployment } from '../../pipeline/index.ts';
import { loadDataflow } from '../../pipeline/index.ts';
import { eventErrors } from '../errors.ts';
import { type JobPlan, planJob } from './job-plan.ts';

/** A topic of the job with its number of partitions. */
export interface WiredTopic {
  readonly topic: string;
  readonly partitions: number;
}

/** What outlives the failure of a slot: the plan, the coordinator's connection, and the topics. */
export interface JobWiring {
  readonly plan: JobPlan;
  readonly client: KafkaClient;
  /** By the plan's index of sources. */
  readonly inputs: readonly WiredTopic[];
  /** By the plan's index of outputs. */
  readonly outputs: readonly WiredTopic[];
}

/** @throws EVENT_TOPIC_UNBOUND */
export async function wireJob(deployment: Deployment): Promise<JobWiring> {
  const plan = planJob(await loadDataflow(deployment.dataflow));
  const client = await connect(deployment.kafka);
  const wire = async (names: readonly string[]): Promise<WiredTopic[]> => {
    const wired: WiredTopic[] = [];
    for (const name of names) {
      const topic = topicOf(deployment, name);
      wired.push({ topic, partitions: await client.admin.partitionCount(topic) });
    }
    return wired;
  };
  const inputs = await wire(plan.sources.map(({ source }) => source.input));
  return { plan, client, inputs, outputs: await wire(plan.outputs) };
}

function topicOf(deployment: Deployment, name: string): string {
  const topic = deployment.topics[name];
  if (topic === undefined) {
    throw eventErrors.error('EVENT_TOPIC_UNBOUND', { name });
  }
  return topic;
}
