import { connect, type KafkaClient } from '../../../kafka/index.ts';
import type { Deployment } from '../../pipeline/index.ts';
import { loadDataflow } from '../../pipeline/index.ts';
import { eventErrors } from '../errors.ts';
import { type JobPlan, planJob } from './job-plan.ts';

/** What outlives the failure of a slot: the plan, the coordinator's connection, and the topics. */
export interface JobWiring {
  readonly plan: JobPlan;
  readonly client: KafkaClient;
  readonly inputTopic: string;
  /** By the plan's index of outputs. */
  readonly outputs: readonly { readonly topic: string; readonly partitions: number }[];
}

/** @throws EVENT_TOPIC_UNBOUND */
export async function wireJob(deployment: Deployment): Promise<JobWiring> {
  const plan = planJob(await loadDataflow(deployment.dataflow));
  const client = await connect(deployment.kafka);
  const inputTopic = topicOf(deployment, plan.source.input);
  const outputs: { topic: string; partitions: number }[] = [];
  for (const name of plan.outputs) {
    const topic = topicOf(deployment, name);
    outputs.push({ topic, partitions: await client.admin.partitionCount(topic) });
  }
  return { plan, client, inputTopic, outputs };
}

function topicOf(deployment: Deployment, name: string): string {
  const topic = deployment.topics[name];
  if (topic === undefined) {
    throw eventErrors.error('EVENT_TOPIC_UNBOUND', { name });
  }
  return topic;
}
