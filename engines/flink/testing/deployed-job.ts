import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { connect, type KafkaConnection } from '../../../kafka/index.ts';
import { committedValues } from '../../../kafka/testing/index.ts';
import type { Pipeline, PipelineEvent, RunningPipeline } from '../../pipeline/index.ts';

const INPUT_PARTITIONS = 4;
const MERCHANTS = 7;
const TOPICS = { input: 'in', output: 'out', 'dead-letter': 'dead', late: 'late' } as const;

/** merchant-spend on Flink, under exactly-once, its checkpoints and heartbeats in quick succession. */
export interface DeployedJob {
  readonly pipeline: RunningPipeline;
  readonly events: readonly PipelineEvent[];
  /** Appends the next so many payments; resolves when they are readable. */
  send(payments: number): Promise<void>;
  until(reached: () => boolean): Promise<void>;
  /** Committed outputs that are not exactly the running count of each merchant, each once; empty when all is right. */
  wrongOutputs(): Promise<string[]>;
  end(): Promise<void>;
}

export async function deployJob(kafka: KafkaConnection, flink: Pipeline): Promise<DeployedJob> {
  const client = await connect(kafka);
  await client.admin.createTopics(
    Object.values(TOPICS).map((topic) => ({ topic, partitions: INPUT_PARTITIONS })),
  );
  const folder = await mkdtemp(join(tmpdir(), 'flink-job-'));
  const events: PipelineEvent[] = [];
  const pipeline = await flink.deploy(
    {
      dataflow: {
        module: new URL('./dataflows.ts', import.meta.url).href,
        export: 'merchantSpend',
        options: {},
      },
      topics: TOPICS,
      kafka,
      guarantee: 'exactly-once',
      settings: { checkpointIntervalMs: 200, heartbeatIntervalMs: 200, restartDelayMs: 10 },
      group: 'job',
      stateFolder: join(folder, 'state'),
      heapMb: 512,
      brokenInput: true,
    },
    (event) => {
      events.push(event);
    },
  );
  const producer = await client.createProducer({ acks: -1, lingerMs: 0, maxInFlight: 1 });
  let sent = 0;
  return {
    pipeline,
    events,
    send: async (payments) => {
      for (const end = sent + payments; sent < end; sent += 1) {
        const value = JSON.stringify({ seq: sent, merchant: merchant(sent), amountMinor: sent, tsMs: sent });
        const partition = (sent % MERCHANTS) % INPUT_PARTITIONS;
        producer.append({ topic: TOPICS.input, partition, key: null, value });
      }
      await producer.flush();
    },
    until: async (reached) => {
      while (!reached()) await new Promise((resolve) => setTimeout(resolve, 5));
    },
    wrongOutputs: async () => {
      const counts = new Map<string, number>();
      const wrong: string[] = [];
      for (const value of await committedValues(client, TOPICS.output)) {
        const { merchant: name, count } = JSON.parse(value) as { merchant: string; count: number };
        if (count === (counts.get(name) ?? 0) + 1) counts.set(name, count);
        else wrong.push(`${value} after ${counts.get(name)}`);
      }
      const total = [...counts.values()].reduce((sum, count) => sum + count, 0);
      return total === sent ? wrong : [...wrong, `${total} of ${sent}`];
    },
    end: async () => {
      await pipeline.abandon();
      await client.close();
      await rm(folder, { recursive: true, force: true });
    },
  };
}

function merchant(payment: number): string {
  return `merchant-${payment % MERCHANTS}`;
}
