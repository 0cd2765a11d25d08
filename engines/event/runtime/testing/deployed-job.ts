import { mkdtemp, rename, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import {
  createInProcessClient,
  type KafkaClient,
  startEmbeddedLog,
  valueText,
} from '../../../../kafka/index.ts';
import type {
  Deployment,
  EngineSettings,
  Guarantee,
  PipelineEvent,
  RunningPipeline,
} from '../../../pipeline/index.ts';
import { eventPipeline } from '../../pipeline.ts';

export const INPUT_PARTITIONS = 4;
/** Of the topic of dataflows with two inputs. Their positions follow those of the first. */
export const SECOND_PARTITIONS = 2;
const TOPICS = {
  input: 'in',
  second: 'in-2',
  output: 'out',
  late: 'late',
  'timed-out': 'timed-out',
  'dead-letter': 'dead',
} as const;

export interface SentRecord {
  /** The first unless it is said. */
  readonly input?: 'input' | 'second';
  readonly partition: number;
  readonly value: string;
}

export interface DeployedJob {
  /** The one that runs, or ran last. */
  readonly pipeline: RunningPipeline;
  /**
   * Stops without drain, with a savepoint, moves that elsewhere, and deploys anew from it: with these settings, and a state folder and a consumer
   * group of its own.
   */
  goOnFromSavepoint(settings: EngineSettings): Promise<void>;
  /** Ends the engine abruptly, and deploys anew on what it left behind: the same state folder and group, with these settings. */
  crashAndDeploy(settings: EngineSettings): Promise<void>;
  /** Appends values to input partitions; resolves when they are readable. */
  send(records: readonly SentRecord[]): Promise<void>;
  /** Resolves when an event of this kind comes, from now on. */
  next(kind: PipelineEvent['kind']): Promise<PipelineEvent>;
  /** Resolves when so many input records were read in the process that lives now. */
  consumed(records: number): Promise<void>;
  /** Committed values of an output topic, partition by partition. */
  values(output: keyof typeof TOPICS): Promise<string[][]>;
  /** Committed positions of an input topic for the group of the job that runs, or ran last. */
  committed(input: 'input' | 'second'): Promise<(number | undefined)[]>;
  end(): Promise<void>;
}

/** Deploys a dataflow of `dataflows.ts` on a log of its own, the engine in a real child process. */
export async function deployJob(
  dataflow: string,
  guarantee: Guarantee,
  settings: EngineSettings = {},
): Promise<DeployedJob> {
  const log = await startEmbeddedLog();
  const client = createInProcessClient(log.store);
  await client.admin.createTopics([
    { topic: TOPICS.input, partitions: INPUT_PARTITIONS },
    { topic: TOPICS.second, partitions: SECOND_PARTITIONS },
    ...[TOPICS.output, TOPICS.late, TOPICS['timed-out']].map((topic) => ({ topic, partitions: 3 })),
    { topic: TOPICS['dead-letter'], partitions: 1 },
  ]);
  const folder = await mkdtemp(join(tmpdir(), 'event-job-'));
  const listeners = new Set<(event: PipelineEvent) => void>();
  const deploy = (
    settings: EngineSettings,
    placed: Pick<Deployment, 'group' | 'stateFolder' | 'restoreFrom'>,
  ): Promise<RunningPipeline> =>
    eventPipeline.deploy(
      {
        dataflow: { module: new URL('./dataflows.ts', import.meta.url).href, export: dataflow, options: {} },
        topics: TOPICS,
        kafka: log.connection,
        guarantee,
        settings: { checkpointIntervalMs: 100, ...settings },
        heapMb: 256,
        brokenInput: true,
        ...placed,
      },
      (event) => {
        for (const listener of listeners) listener(event);
      },
    );
  const first = { group: 'job', stateFolder: join(folder, 'state') };
  let pipeline = await deploy(settings, first);
  let savepoints = 0;
  const producer = await client.createProducer({ acks: -1, lingerMs: 0, maxInFlight: 1 });
  return {
    get pipeline() {
      return pipeline;
    },
    crashAndDeploy: async (settings) => {
      await pipeline.abandon();
      pipeline = await deploy(settings, first);
    },
    goOnFromSavepoint: async (settings) => {
      savepoints++;
      const savepoint = join(folder, `savepoint-${savepoints}`);
      await pipeline.stop({ drain: false, savepoint });
      const restoreFrom = join(folder, `moved-${savepoints}`);
      await rename(savepoint, restoreFrom);
      await rm(join(folder, 'state'), { recursive: true });
      pipeline = await deploy(settings, {
        group: `job-${savepoints}`,
        stateFolder: join(folder, 'state'),
        restoreFrom,
      });
    },
    send: async (records) => {
      for (const { input = 'input', partition, value } of records) {
        producer.append({ topic: TOPICS[input], partition, key: null, value });
      }
      await producer.flush();
    },
    next: (kind) =>
      new Promise((resolve) => {
        const listener = (event: PipelineEvent) => {
          if (event.kind === kind) {
            listeners.delete(listener);
            resolve(event);
          }
        };
        listeners.add(listener);
      }),
    consumed: async (records) => {
      const read = () => pipeline.progress().positions.reduce((total, position) => total + position, 0);
      while (read() < records) await new Promise((resolve) => setTimeout(resolve, 20));
    },
    committed: async (input) => {
      const group = savepoints === 0 ? 'job' : `job-${savepoints}`;
      const committed = await client.admin.committedOffsets(group, TOPICS[input]);
      return committed.map((each) => each?.offset);
    },
    values: (output) => committedValues(client, TOPICS[output]),
    end: async () => {
      await pipeline.abandon();
      await client.close();
      await log.stop();
      await rm(folder, { recursive: true, force: true });
      await rm(join(folder, 'state.log'), { force: true });
    },
  };
}

async function committedValues(client: KafkaClient, topic: string): Promise<string[][]> {
  const ends = await client.admin.endOffsets(topic, 'read-committed');
  const reader = await client.createReader({ isolation: 'read-committed' });
  reader.assign(ends.map((_, partition) => ({ topic, partition, offset: 0 })));
  const values: string[][] = ends.map(() => []);
  while (ends.some((end, partition) => reader.position(topic, partition) < end)) {
    for (const { partition, batches } of await reader.poll(100)) {
      for (const batch of batches) {
        for (let index = 0; index < batch.count; index++) {
          values[partition]?.push(valueText(batch, index) ?? '');
        }
      }
    }
  }
  await reader.close();
  return values;
}
