import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { connect, type KafkaClient, type KafkaConnection, keyText, valueText } from '../../../kafka/index.ts';
import type { EngineSettings, Guarantee, PipelineEvent, RunningPipeline } from '../../pipeline/index.ts';
import { microBatchPipeline } from '../pipeline.ts';

export const INPUT_PARTITIONS = 4;
const TOPICS = {
  input: 'in',
  'second-input': 'in-2',
  output: 'out',
  late: 'late',
  'dead-letter': 'dead',
  'second-dead-letter': 'dead-2',
} as const;
type OutputName = 'output' | 'late' | 'dead-letter' | 'second-dead-letter';

interface OutputRecord {
  readonly partition: number;
  readonly key: string | null;
  readonly value: string;
}

interface InputRecord {
  /** The first if left out. */
  readonly input?: 'input' | 'second-input';
  readonly partition: number;
  readonly value: string;
}

export interface DeployedJob {
  readonly pipeline: RunningPipeline;
  readonly events: readonly PipelineEvent[];
  /** Appends values to input partitions; resolves when they are readable. */
  send(records: readonly InputRecord[]): Promise<void>;
  /** Resolves when batches over so many input records are committed. */
  committed(records: number): Promise<void>;
  /** SIGKILL once so many input records are in a batch, done or not; resolves when the next process runs. */
  killAt(records: number): Promise<void>;
  /** Committed records of an output topic. */
  records(output: OutputName): Promise<OutputRecord[]>;
  /** Offsets of an input that the job's group has committed, by partition; -1 for none. */
  groupOffsets(input: 'input' | 'second-input'): Promise<readonly number[]>;
  end(): Promise<void>;
}

/**
 * Deploys a dataflow of `dataflows.ts` with topics of its own on an empty Kafka, the engine in a real child process, once the input holds the
 * backlog.
 */
export async function deployJob(
  kafka: KafkaConnection,
  dataflow: string,
  guarantee: Guarantee,
  settings: EngineSettings = {},
  backlog: readonly InputRecord[] = [],
): Promise<DeployedJob> {
  const client = await connect(kafka);
  await client.admin.createTopics([
    { topic: TOPICS.input, partitions: INPUT_PARTITIONS },
    { topic: TOPICS['second-input'], partitions: INPUT_PARTITIONS },
    { topic: TOPICS.output, partitions: 3 },
    { topic: TOPICS.late, partitions: 2 },
    { topic: TOPICS['dead-letter'], partitions: 1 },
    { topic: TOPICS['second-dead-letter'], partitions: 1 },
  ]);
  const producer = await client.createProducer({ acks: -1, lingerMs: 0, maxInFlight: 1 });
  const send = async (records: readonly InputRecord[]): Promise<void> => {
    for (const { input = 'input', partition, value } of records) {
      producer.append({ topic: TOPICS[input], partition, key: null, value });
    }
    await producer.flush();
  };
  await send(backlog);
  const folder = await mkdtemp(join(tmpdir(), 'micro-batch-job-'));
  const events: PipelineEvent[] = [];
  const pipeline = await microBatchPipeline.deploy(
    {
      dataflow: { module: new URL('./dataflows.ts', import.meta.url).href, export: dataflow, options: {} },
      topics: TOPICS,
      kafka,
      guarantee,
      settings: { triggerIntervalMs: 20, ...settings },
      group: 'job',
      stateFolder: join(folder, 'state'),
      heapMb: 256,
      brokenInput: true,
    },
    (event) => {
      events.push(event);
    },
  );
  const until = async (reached: () => boolean) => {
    while (!reached()) await new Promise((resolve) => setTimeout(resolve, 5));
  };
  const total = (positions: readonly number[]) => positions.reduce((sum, position) => sum + position, 0);
  return {
    pipeline,
    events,
    send,
    committed: (records) => until(() => total(pipeline.progress().committedPositions) >= records),
    killAt: async (records) => {
      await until(() => total(pipeline.progress().positions) >= records);
      const runsBefore = events.filter(({ kind }) => kind === 'running').length;
      pipeline.kill('process');
      await until(() => events.filter(({ kind }) => kind === 'running').length > runsBefore);
    },
    records: (output) => readAll(client, TOPICS[output]),
    groupOffsets: async (input) =>
      (await client.admin.committedOffsets('job', TOPICS[input])).map((each) => each?.offset ?? -1),
    end: async () => {
      await pipeline.abandon();
      await client.close();
      await rm(folder, { recursive: true, force: true });
    },
  };
}

async function readAll(client: KafkaClient, topic: string): Promise<OutputRecord[]> {
  const ends = await client.admin.endOffsets(topic, 'read-committed');
  const reader = await client.createReader({ isolation: 'read-committed' });
  reader.assign(ends.map((_, partition) => ({ topic, partition, offset: 0 })));
  const records: OutputRecord[] = [];
  while (ends.some((end, partition) => reader.position(topic, partition) < end)) {
    for (const { partition, batches } of await reader.poll(100)) {
      for (const batch of batches) {
        for (let index = 0; index < batch.count; index++) {
          records.push({ partition, key: keyText(batch, index), value: valueText(batch, index) ?? '' });
        }
      }
    }
  }
  await reader.close();
  return records;
}
