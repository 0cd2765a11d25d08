import { join } from 'node:path';
import type { Deployment } from '../../pipeline/index.ts';
import { type CheckpointStore, chooseCheckpoint, type Manifest, readSavepoint } from '../checkpoint/index.ts';
import { eventErrors } from '../errors.ts';
import { nodeFileSystem } from '../file-system/index.ts';
import type { EventSettings } from '../settings/index.ts';
import { checkCommitted, checkInputs } from './check-restored.ts';
import { JobMemory } from './job-memory.ts';
import type { JobWiring, WiredTopic } from './job-wiring.ts';

/** Where a job goes on from. */
export interface RestoredJob {
  /** Undefined at a first start. */
  readonly manifest: Manifest | undefined;
  /** Paths, in the order of restoring. */
  readonly stateFiles: readonly string[];
  /** Paths of the elements to be processed before all others. */
  readonly channelFiles: readonly string[];
  /** Next offset to read of each input partition. */
  readonly positions: readonly number[];
  readonly nextCheckpointId: number;
  /** Complete checkpoints on disk that may still be restored. */
  readonly retained: readonly Manifest[];
}

/**
 * Finds the checkpoint, or at a first start the savepoint, to go on from. What is not to be restored any more is deleted.
 *
 * However long the engine was down, it goes on exactly where its last committed transaction ended, or refuses to: what the broker aborted
 * meanwhile is read again, and where that cannot be, since offsets or records expired or were changed, an EVENT_* error says so.
 */
export async function findRestoredJob(
  store: CheckpointStore,
  wiring: JobWiring,
  deployment: Deployment,
  settings: EventSettings,
): Promise<RestoredJob> {
  const { client, inputs } = wiring;
  const manifests = await store.list();
  const { group, guarantee, stateFolder: folder, restoreFrom } = deployment;
  const savepoint = restoreFrom === undefined ? undefined : () => readSavepoint(nodeFileSystem, restoreFrom);
  const committed =
    guarantee === 'exactly-once'
      ? await flat(inputs, (topic) => client.admin.committedOffsets(group, topic))
      : undefined;
  if (committed?.every((offset) => offset === undefined) && (await store.committedGroup()) === group) {
    throw eventErrors.error('EVENT_OFFSETS_GONE', { group, folder });
  }
  const manifest = await chooseCheckpoint({ manifests, savepoint, committed, group, folder });
  if (manifest !== undefined) {
    checkUnchanged(manifest, 'maxParallelism', manifest.maxParallelism, settings.maxParallelism);
    checkUnchanged(manifest, 'guarantee', manifest.guarantee, guarantee);
    const partitions = inputs.map((input) => input.partitions).join(' + ');
    checkUnchanged(manifest, 'input partitions', manifest.inputPartitions.join(' + '), partitions);
    checkCommitted(manifest, group, inputs, committed ?? []);
    await checkInputs(manifest, wiring);
  }
  const newest = Math.max(manifests[0]?.checkpointId ?? 0, manifest?.checkpointId ?? 0);
  const retained = manifests.filter(
    ({ checkpointId }) => manifest !== undefined && checkpointId <= manifest.checkpointId,
  );
  await store.retain(retained);
  const pathOf =
    restoreFrom === undefined || manifest === undefined || manifests.includes(manifest)
      ? (file: string) => store.pathOf(file)
      : (file: string) => join(restoreFrom, file);
  const positions = manifest?.positions ?? (await flat(inputs, (topic) => client.admin.startOffsets(topic)));
  return {
    manifest,
    positions,
    nextCheckpointId: newest + 1,
    retained,
    stateFiles: manifest?.stateFiles.flat().map(pathOf) ?? [],
    channelFiles: manifest?.channelFiles.map(pathOf) ?? [],
  };
}

/** What the slots find when they start. The counters go to the first slot; with another parallelism the least watermark holds for all. */
export function restoreMemory(
  { manifest }: RestoredJob,
  positions: readonly number[],
  slots: number,
): JobMemory {
  const memory = JobMemory.allocate(positions.length, slots);
  memory.positions.set(positions);
  if (manifest === undefined) {
    return memory;
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
  return memory;
}

/** Of all inputs one after the other. */
async function flat<T>(
  inputs: readonly WiredTopic[],
  of: (topic: string) => Promise<readonly T[]>,
): Promise<T[]> {
  return (await Promise.all(inputs.map(({ topic }) => of(topic)))).flat();
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
