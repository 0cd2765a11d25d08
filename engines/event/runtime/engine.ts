import { join } from 'node:path';
import { connect, type KafkaClient } from '../../../kafka/index.ts';
import type { Deployment, PipelineProgress } from '../../pipeline/index.ts';
import { loadDataflow } from '../../pipeline/index.ts';
import type { EngineEnvironment, RunningEngine } from '../../pipeline/process/index.ts';
import { CheckpointStore, chooseCheckpoint, type Manifest } from '../checkpoint/index.ts';
import { TransactionCollector } from '../connect/index.ts';
import { eventErrors } from '../errors.ts';
import { allocateRing, Bell } from '../exchange/index.ts';
import { type EventSettings, eventSettings } from '../settings/index.ts';
import { CheckpointCoordinator } from './checkpoint-coordinator.ts';
import { JobMemory } from './job-memory.ts';
import { planJob } from './job-plan.ts';
import { SlotHandle } from './slot-handle.ts';
import type { SlotJob } from './slot-messages.ts';

/**
 * Starts the engine in this process: slots in threads of their own, this thread coordinates. Under exactly-once the transactional producer comes first, which fences a
 * predecessor and aborts what it left open; only then do the committed offsets say which checkpoint is the true one.
 */
export async function startEngine(environment: EngineEnvironment): Promise<RunningEngine> {
  const { deployment, clock, report } = environment;
  const settings = eventSettings.parse(deployment.settings);
  const failure = Promise.withResolvers<never>();
  failure.promise.catch(() => {});
  let checkpoints: CheckpointCoordinator | undefined;
  const listener = {
    onCheckpoint: (...[slot, checkpoint]: Parameters<CheckpointCoordinator['onCheckpoint']>) =>
      checkpoints?.onCheckpoint(slot, checkpoint),
    onCheckpointFailed: (checkpointId: number, reason: string) =>
      checkpoints?.onCheckpointFailed(checkpointId, reason),
    onFailure: (error: Error) => failure.reject(error),
  };
  // Threads load their modules while this one connects.
  const slots = Array.from(
    { length: settings.parallelism },
    (_, slot) => new SlotHandle(slot, deployment.heapMb, listener),
  );

  const plan = planJob(await loadDataflow(deployment.dataflow));
  const client = await connect(deployment.kafka);
  const inputTopic = topicOf(deployment, plan.source.input);
  const outputs: { topic: string; partitions: number }[] = [];
  for (const name of plan.outputs) {
    const topic = topicOf(deployment, name);
    outputs.push({ topic, partitions: await client.admin.partitionCount(topic) });
  }
  const coordinatorBell = new SharedArrayBuffer(Bell.BYTES);
  const bells = slots.map(() => new SharedArrayBuffer(Bell.BYTES));
  const outputRings =
    deployment.guarantee === 'exactly-once' ? slots.map(() => allocateRing(settings.ringBytes)) : undefined;
  const collector =
    outputRings &&
    new TransactionCollector({
      producer: await client.createTransactionalProducer({
        transactionalId: deployment.group,
        transactionTimeoutMs: settings.transactionTimeoutMs,
        acks: -1,
        lingerMs: settings.lingerMs,
        maxInFlight: settings.maxInFlight,
      }),
      topics: outputs.map(({ topic }) => topic),
      slots: outputRings.map((ring, slot) => ({ ring, bell: bells[slot] as SharedArrayBuffer })),
      bell: coordinatorBell,
      pendingBytes: settings.producerPendingBytes,
      onFailure: (error) => failure.reject(error),
    });

  const store = new CheckpointStore(join(deployment.stateFolder, 'checkpoints'));
  const restored = await findCheckpoint(store, client, deployment, settings, inputTopic);
  const positions = restored.manifest?.positions ?? (await client.admin.startOffsets(inputTopic));
  const memory = JobMemory.allocate(positions.length, settings.parallelism);
  fillMemory(memory, positions, restored.manifest);

  const rings = slots.map((_, source) =>
    slots.map((_, target) => (source === target ? undefined : allocateRing(settings.ringBytes))),
  );
  const prepared = slots.map((slot, index) => {
    const job: SlotJob = {
      slot: index,
      dataflow: deployment.dataflow,
      kafka: deployment.kafka,
      guarantee: deployment.guarantee,
      settings,
      inputTopic,
      outputs,
      partitions: positions.length,
      workingFolder: join(deployment.stateFolder, 'working', `slot-${index}`),
      stateFiles: restored.manifest === undefined ? [] : store.slotFiles(restored.manifest),
      memory: memory.memory,
      bells,
      coordinatorBell,
      rings,
      outputRing: outputRings?.[index],
    };
    return slot.prepare(job);
  });
  await Promise.race([Promise.all(prepared), failure.promise]);

  let committedPositions: readonly number[] = positions;
  const coordinator = new CheckpointCoordinator({
    dataflow: plan.dataflow.name,
    group: deployment.group,
    inputTopic,
    partitions: positions.length,
    guarantee: deployment.guarantee,
    settings,
    store,
    slots,
    collector,
    clock,
    firstCheckpointId: restored.nextCheckpointId,
    retained: restored.retained,
    onCompleted: (checkpoint, manifest) => {
      committedPositions = manifest.positions;
      report({ kind: 'checkpoint-completed', checkpoint });
    },
    onFailed: (checkpointId, reason) => report({ kind: 'checkpoint-failed', checkpointId, reason }),
    onFatal: (error) => failure.reject(error),
  });
  checkpoints = coordinator;
  report({ kind: 'restored', positions });
  for (const slot of slots) {
    slot.send({ kind: 'start' });
  }
  coordinator.start();

  return {
    failed: failure.promise,
    progress: () => ({ ...progressOf(memory), committedPositions }),
    stop: async ({ drain }) => {
      const stopping = async () => {
        if (drain) {
          const endOffsets = await client.admin.endOffsets(inputTopic, 'read-committed');
          await Promise.all(slots.map((slot) => slot.drain(endOffsets)));
        }
        const outcome = await coordinator.takeLast();
        if (outcome.kind === 'failed') {
          throw eventErrors.error('EVENT_CHECKPOINT_FAILED', { reason: outcome.reason });
        }
        await Promise.all(slots.map((slot) => slot.close()));
        await collector?.close();
        await client.close();
      };
      await Promise.race([stopping(), failure.promise]);
    },
  };
}

function topicOf(deployment: Deployment, name: string): string {
  const topic = deployment.topics[name];
  if (topic === undefined) {
    throw eventErrors.error('EVENT_TOPIC_UNBOUND', { name });
  }
  return topic;
}

interface Found {
  readonly manifest: Manifest | undefined;
  readonly nextCheckpointId: number;
  readonly retained: readonly number[];
}

/** The checkpoint to go on from. What is not to be restored any more is deleted. */
async function findCheckpoint(
  store: CheckpointStore,
  client: KafkaClient,
  deployment: Deployment,
  settings: EventSettings,
  inputTopic: string,
): Promise<Found> {
  const manifests = await store.list();
  const { group, guarantee, stateFolder: folder } = deployment;
  const committed =
    guarantee === 'exactly-once' ? await client.admin.committedOffsets(group, inputTopic) : undefined;
  const manifest = chooseCheckpoint({ manifests, committed, group, folder });
  if (manifest !== undefined) {
    checkUnchanged(manifest, 'maxParallelism', manifest.maxParallelism, settings.maxParallelism);
    checkUnchanged(manifest, 'guarantee', manifest.guarantee, guarantee);
  }
  const newest = manifests[0]?.checkpointId ?? 0;
  const retained = manifests
    .map(({ checkpointId }) => checkpointId)
    .filter((checkpointId) => manifest !== undefined && checkpointId <= manifest.checkpointId);
  await store.retain(new Set(retained));
  return { manifest, nextCheckpointId: newest + 1, retained };
}

function checkUnchanged(
  manifest: Manifest,
  setting: string,
  was: string | number,
  is: string | number,
): void {
  if (was !== is) {
    const { checkpointId } = manifest;
    throw eventErrors.error('EVENT_CHECKPOINT_MISMATCH', { checkpointId, setting, was, is });
  }
}

/** What the slots find when they start. The counters go to the first slot; with another parallelism the least watermark holds for all. */
function fillMemory(memory: JobMemory, positions: readonly number[], manifest: Manifest | undefined): void {
  memory.positions.set(positions);
  if (manifest === undefined) {
    return;
  }
  memory.maxEventTimesMs.set(manifest.maxEventTimesMs.map((value) => value ?? Number.NEGATIVE_INFINITY));
  const watermarksMs = manifest.watermarksMs.map((value) => value ?? Number.NEGATIVE_INFINITY);
  if (watermarksMs.length === memory.watermarksMs.length) {
    memory.watermarksMs.set(watermarksMs);
  } else {
    memory.watermarksMs.fill(Math.min(...watermarksMs));
  }
  memory.lateRecords[0] = manifest.lateRecords;
  memory.deadLetters[0] = manifest.deadLetters;
}

function progressOf(memory: JobMemory): Omit<PipelineProgress, 'incarnations' | 'committedPositions'> {
  const watermarkMs = Math.min(...memory.watermarksMs);
  return {
    positions: [...memory.positions],
    watermarkMs: Number.isFinite(watermarkMs) ? watermarkMs : null,
    lateRecords: total(memory.lateRecords),
    lateRowsSparkCount: null,
    deadLetters: total(memory.deadLetters),
  };
}

function total(counters: Float64Array): number {
  return counters.reduce((sum, value) => sum + value, 0);
}
