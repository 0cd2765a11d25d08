import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import {
  createInProcessClient,
  type EmbeddedLog,
  type KafkaClient,
  startEmbeddedLog,
} from '../../../kafka/index.ts';
import type { Deployment, Guarantee } from '../../pipeline/index.ts';
import { CheckpointStore, type Manifest } from '../checkpoint/index.ts';
import { eventSettings } from '../settings/index.ts';
import { planJob } from './job-plan.ts';
import type { JobWiring } from './job-wiring.ts';
import { findRestoredJob } from './restored-job.ts';
import { merged } from './testing/dataflows.ts';
import { transactionOffsets } from './transaction-offsets.ts';

const INPUTS = [
  { topic: 'in', partitions: 2 },
  { topic: 'in-2', partitions: 1 },
];
const RECORDS = 5;
const GROUP = 'job';
const settings = eventSettings.parse({});

let log: EmbeddedLog;
let client: KafkaClient;
let folder: string;
let store: CheckpointStore;

beforeEach(async () => {
  log = await startEmbeddedLog();
  client = createInProcessClient(log.store);
  await client.admin.createTopics(INPUTS);
  const producer = await client.createProducer({ acks: -1, lingerMs: 0, maxInFlight: 1 });
  for (const { topic, partitions } of INPUTS) {
    for (let at = 0; at < partitions * RECORDS; at++) {
      producer.append({ topic, partition: at % partitions, key: null, value: 'row' });
    }
  }
  await producer.close();
  folder = await mkdtemp(join(tmpdir(), 'restored-job-'));
  store = new CheckpointStore(join(folder, 'checkpoints'));
});

afterEach(async () => {
  await client.close();
  await log.stop();
  await rm(folder, { recursive: true });
});

function find(guarantee: Guarantee = 'exactly-once', inputs = INPUTS) {
  const wiring: JobWiring = { plan: planJob(merged()), client, inputs, outputs: [] };
  const deployment = { group: GROUP, guarantee, stateFolder: folder } as Deployment;
  return findRestoredJob(store, wiring, deployment, settings);
}

async function checkpoint(checkpointId: number, positions: number[]): Promise<Manifest> {
  const manifest: Manifest = {
    version: 2,
    checkpointId,
    dataflow: 'merged',
    parallelism: settings.parallelism,
    maxParallelism: settings.maxParallelism,
    guarantee: 'exactly-once',
    positions,
    maxEventTimesMs: positions.map(() => null),
    watermarksMs: [null, null],
    lateRecords: 0,
    deadLetters: 0,
    stateFiles: [],
    slotBytes: [],
    channelFiles: [],
    inputPartitions: INPUTS.map(({ partitions }) => partitions),
    operatorStates: [],
  };
  await store.begin(checkpointId);
  await store.complete(manifest);
  return manifest;
}

async function commit(
  { checkpointId, positions }: Manifest,
  keep: (topic: string) => boolean = () => true,
): Promise<void> {
  const producer = await client.createTransactionalProducer({
    transactionalId: GROUP,
    transactionTimeoutMs: 10_000,
    acks: -1,
    lingerMs: 0,
    maxInFlight: 1,
  });
  const offsets = transactionOffsets(GROUP, INPUTS, positions, checkpointId);
  await producer.commit({ ...offsets, positions: offsets.positions.filter(({ topic }) => keep(topic)) });
  await producer.close();
}

const refusal = (code: string) => expect.objectContaining({ code });

test('the committed checkpoint is restored, with the positions of all topics', async () => {
  await commit(await checkpoint(1, [1, 2, 3]));
  expect(await find()).toMatchObject({ positions: [1, 2, 3], nextCheckpointId: 2 });
});

test('offsets behind the newest checkpoint: its transaction never was, so the one before is replayed from', async () => {
  const committed = await checkpoint(1, [1, 2, 3]);
  await checkpoint(2, [4, 4, 4]);
  await commit(committed);
  const { positions, nextCheckpointId } = await find();
  expect([positions, nextCheckpointId]).toEqual([[1, 2, 3], 3]);
  expect((await store.list()).map(({ checkpointId }) => checkpointId)).toEqual([1]);
});

test('a first checkpoint whose transaction was aborted never was', async () => {
  await checkpoint(1, [1, 2, 3]);
  expect(await find()).toMatchObject({ manifest: undefined, positions: [0, 0, 0] });
});

test('offsets that expired while the engine was down are refused, not taken for a first start', async () => {
  await checkpoint(1, [1, 2, 3]);
  await store.noteCommitted(GROUP);
  await expect(find()).rejects.toThrow(refusal('EVENT_OFFSETS_GONE'));
});

test('a state folder that another group committed with is no reason to miss offsets', async () => {
  await checkpoint(1, [1, 2, 3]);
  await store.noteCommitted('another');
  expect(await find()).toMatchObject({ manifest: undefined, positions: [0, 0, 0] });
});

test('offsets of one of two topics that are gone are refused', async () => {
  await commit(await checkpoint(1, [1, 2, 3]), (topic) => topic === 'in');
  await expect(find()).rejects.toThrow(refusal('EVENT_OFFSETS_DIFFER'));
});

test('offsets that were set to something else are refused', async () => {
  await checkpoint(1, [1, 2, 3]);
  await commit({ ...(await checkpoint(1, [1, 2, 3])), positions: [1, 0, 3] });
  await expect(find()).rejects.toThrow(refusal('EVENT_OFFSETS_DIFFER'));
});

test('offsets of a checkpoint that is not there are refused', async () => {
  const gone = await checkpoint(7, [1, 2, 3]);
  await store.retain([]);
  await commit(gone);
  await expect(find()).rejects.toThrow(refusal('EVENT_CHECKPOINT_MISSING'));
});

test.each(['exactly-once', 'at-least-once'] as const)(
  '%s: records that are not there any more are refused',
  async (guarantee) => {
    const beyond = { ...(await checkpoint(1, [1, 2, RECORDS + 1])), guarantee };
    await store.complete(beyond);
    if (guarantee === 'exactly-once') await commit(beyond);
    await expect(find(guarantee)).rejects.toThrow(refusal('EVENT_INPUT_GONE'));
  },
);

test('a topic with another number of partitions is refused by name', async () => {
  await commit(await checkpoint(1, [1, 2, 3]));
  const grown = [INPUTS[0], { topic: 'in-2', partitions: 2 }] as typeof INPUTS;
  await expect(find('exactly-once', grown)).rejects.toThrow('input partitions 2 + 1');
});
