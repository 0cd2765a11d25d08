import { mkdtemp, readdir, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { connect, type EmbeddedBroker, type KafkaClient, startEmbeddedBroker } from '../../kafka/index.ts';
import { committedValues } from '../../kafka/testing/index.ts';
import type { Deployment, PipelineEvent, RunningPipeline } from '../pipeline/index.ts';
import { sparkPipeline } from './index.ts';

const RECORDS = 20_000;
const PARTITIONS = 4;
const MERCHANTS = 100;
const BROKEN = 20;

let broker: EmbeddedBroker;
let client: KafkaClient;
let folder: string;
beforeAll(async () => {
  broker = await startEmbeddedBroker();
  client = await connect(broker.connection);
  folder = await mkdtemp(join(tmpdir(), 'spark-'));
});
afterAll(async () => {
  await client?.close();
  await broker?.stop();
  await rm(folder, { recursive: true, force: true });
});

const spark = sparkPipeline();

function deployment(more: Partial<Deployment> = {}): Deployment {
  return {
    dataflow: {
      module: new URL('../../workloads/merchant-spend/dataflow.ts', import.meta.url).href,
      export: 'merchantSpend',
      options: { late: 'none' },
    },
    topics: { input: 'in', output: 'out', 'dead-letter': 'dead' },
    kafka: broker.connection,
    guarantee: 'at-least-once',
    settings: { maxPollRecords: 20_000 },
    group: 'job',
    stateFolder: join(folder, 'state'),
    heapMb: 512,
    brokenInput: true,
    ...more,
  };
}

test('a backlog is drained by the real Spark: every total right, broken records apart, nothing left', async () => {
  await spark.prepare(() => {});
  await client.admin.createTopics([
    { topic: 'in', partitions: PARTITIONS },
    { topic: 'out', partitions: PARTITIONS },
    { topic: 'dead', partitions: 1 },
  ]);
  const spent = await fill();
  const events: PipelineEvent[] = [];
  const running = await spark.deploy(deployment(), (event) => events.push(event));
  const [processId = 0] = running.processIds();
  try {
    await drained(running);
    await running.stop({ drain: true });
  } finally {
    await running.abandon();
  }
  const totals = new Map<string, number>();
  for (const value of await committedValues(client, 'out')) {
    const { merchant, count, totalMinor } = JSON.parse(value);
    totals.set(merchant, totalMinor);
    expect(count).toBeGreaterThan(0);
  }
  expect(totals).toEqual(spent);
  expect(await committedValues(client, 'dead')).toEqual(Array.from({ length: BROKEN }, () => '{"seq":'));
  expect(events.map(({ kind }) => kind).filter((kind) => kind !== 'batch-completed')).toEqual([
    'process-started',
    'restored',
    'running',
    'stopped',
  ]);
  expect(() => process.kill(processId, 0)).toThrow('ESRCH');
  expect(await readdir(folder)).toEqual(['state']);
});

test.each([
  [{ guarantee: 'exactly-once' }, 'PIPELINE_CAPABILITY_MISSING', 'exactly-once'],
  [{ heapMb: 256 }, 'SPARK_HEAP_TOO_SMALL', '450 MiB'],
  [{ settings: { nonsense: 1 } }, 'PIPELINE_SETTING_INVALID', 'nonsense'],
  [{ kafka: { kind: 'embedded-log', host: '127.0.0.1', port: 1 } }, 'SPARK_KAFKA_NEEDED', 'embedded log'],
] as const)('%j is refused before anything starts', async (more, code, message) => {
  const events: PipelineEvent[] = [];
  await expect(spark.deploy(deployment(more), (event) => events.push(event))).rejects.toMatchObject({
    code,
    message: expect.stringContaining(message),
  });
  expect(events).toEqual([]);
});

/** Payments and broken records in all partitions; what each merchant has spent. */
async function fill(): Promise<Map<string, number>> {
  const producer = await client.createProducer({ acks: -1, lingerMs: 5, maxInFlight: 5 });
  const spent = new Map<string, number>();
  for (let seq = 0; seq < RECORDS; seq += 1) {
    const merchant = `merchant-${seq % MERCHANTS}`;
    const amountMinor = (seq * 7) % 1_000;
    spent.set(merchant, (spent.get(merchant) ?? 0) + amountMinor);
    const value = JSON.stringify({ seq, merchant, amountMinor, tsMs: seq });
    producer.append({ topic: 'in', partition: seq % PARTITIONS, key: merchant, value });
    if (seq % (RECORDS / BROKEN) === 0)
      producer.append({ topic: 'in', partition: seq % PARTITIONS, key: merchant, value: '{"seq":' });
  }
  await producer.flush();
  await producer.close();
  return spent;
}

async function drained(running: RunningPipeline): Promise<void> {
  const committed = (): number => running.progress().committedPositions.reduce((sum, at) => sum + at, 0);
  while (committed() < RECORDS + BROKEN) {
    await Promise.race([new Promise((resolve) => setTimeout(resolve, 20)), running.failed]);
  }
}
