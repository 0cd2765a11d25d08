import { expect, test } from 'vitest';
import type { FileSystem } from '../file-system/index.ts';
import { CrashingFileSystem, type UnsyncedFate } from '../file-system/testing/index.ts';
import {
  createHeapBackend,
  type KeyedStateTable,
  keyGroupOf,
  keyGroupRangeOf,
  type StateBackend,
  type ValueCodec,
} from '../state/index.ts';
import { CheckpointStore, type Manifest, readSavepoint, SnapshotChains, writeSavepoint } from './index.ts';

const FOLDER = '/state/checkpoints';
const SAVEPOINT = '/savepoint';
const SLOTS = 2;
const MAX_PARALLELISM = 4;
const RETAINED = 2;
const CHECKPOINTS = 5;
const KEYS = 12;
const FATES: readonly UnsyncedFate[] = ['lost', 'kept', 'cut'];

const NUMBER: ValueCodec<number> = {
  copy: (value) => value,
  write: (value, writer) => writer.float64(value),
  read: (reader) => reader.float64(),
};

type Content = Readonly<Record<string, number>>;

/** What the state holds when a checkpoint is taken: some keys change, some come, some go. */
function contentAt(checkpointId: number): Content {
  const content: Record<string, number> = {};
  for (let key = 0; key < KEYS; key++) {
    if ((key + checkpointId) % 5 !== 0) content[`key-${key}`] = key < 4 ? checkpointId : key;
  }
  return content;
}

interface Slot {
  readonly backend: StateBackend;
  readonly table: KeyedStateTable<number>;
}

function openSlots(files: FileSystem, count: number): Slot[] {
  return Array.from({ length: count }, (_, slot) => {
    const keyGroups = keyGroupRangeOf(slot, count, MAX_PARALLELISM);
    const backend = createHeapBackend(MAX_PARALLELISM, keyGroups, { trackChanges: true, files });
    return { backend, table: backend.table('numbers', NUMBER) };
  });
}

function setContent(slots: readonly Slot[], content: Content): void {
  for (let index = 0; index < KEYS; index++) {
    const key = `key-${index}`;
    const group = keyGroupOf(key, MAX_PARALLELISM);
    const owner = slots.find(
      ({
        backend: {
          keyGroups: { first, last },
        },
      }) => first <= group && group <= last,
    )!;
    const value = content[key];
    if (value === owner.table.get(key, 0)) continue;
    if (value === undefined) owner.table.remove(key, 0);
    else owner.table.put(key, 0, value);
  }
}

function manifestOf(checkpointId: number, chains: ReturnType<SnapshotChains['add']>): Manifest {
  return {
    version: 2,
    checkpointId,
    dataflow: 'test',
    parallelism: SLOTS,
    maxParallelism: MAX_PARALLELISM,
    guarantee: 'at-least-once',
    inputPartitions: [1],
    operatorStates: [],
    positions: [checkpointId],
    maxEventTimesMs: [null],
    watermarksMs: [null, null],
    lateRecords: 0,
    deadLetters: 0,
    stateFiles: chains.map(({ files }) => files),
    slotBytes: chains.map(({ bytes }) => bytes),
    channelFiles: [],
  };
}

/** A job that takes checkpoints, in full and of changes, and keeps the last two. Those that fail are given up, as the coordinator does. */
class Job {
  readonly store: CheckpointStore;
  readonly #slots: readonly Slot[];
  readonly #chains = new SnapshotChains();
  retained: readonly Manifest[] = [];
  readonly failed: number[] = [];
  readonly reasons: string[] = [];

  constructor(files: FileSystem) {
    this.store = new CheckpointStore(FOLDER, files);
    this.#slots = openSlots(files, SLOTS);
  }

  async take(checkpointId: number): Promise<void> {
    setContent(this.#slots, contentAt(checkpointId));
    try {
      await this.store.begin(checkpointId);
      const scope = this.#chains.nextScope;
      const written = await Promise.allSettled(
        this.#slots.map(async ({ backend }, slot) => {
          const file = this.store.slotFile(checkpointId, slot);
          return { file, ...(await backend.snapshot(scope).write(this.store.pathOf(file))) };
        }),
      );
      const snapshots = written.map((outcome) => {
        if (outcome.status === 'rejected') throw outcome.reason;
        return outcome.value;
      });
      const manifest = manifestOf(checkpointId, this.#chains.add(snapshots));
      await this.store.complete(manifest);
      this.retained = [manifest, ...this.retained].slice(0, RETAINED);
    } catch (error) {
      this.reasons.push(String(error));
      this.failed.push(checkpointId);
      this.#chains.break();
      await this.store.discard(checkpointId).catch(() => {});
      return;
    }
    await this.store.retain(this.retained).catch(() => {});
  }

  async takeAll(): Promise<void> {
    for (let checkpointId = 1; checkpointId <= CHECKPOINTS; checkpointId++) await this.take(checkpointId);
  }
}

async function restoredContent(files: FileSystem, paths: readonly string[]): Promise<Content> {
  const [slot] = openSlots(files, 1) as [Slot];
  await slot.backend.restore(paths);
  const content: Record<string, number> = {};
  for (let index = 0; index < KEYS; index++) {
    const value = slot.table.get(`key-${index}`, 0);
    if (value !== undefined) content[`key-${index}`] = value;
  }
  return content;
}

/** Every checkpoint that the store lists holds what the state was at its instant. @returns their ids */
async function checkAll(files: FileSystem): Promise<number[]> {
  const store = new CheckpointStore(FOLDER, files);
  const manifests = await store.list();
  for (const { checkpointId, stateFiles } of manifests) {
    const paths = stateFiles.flat().map((file) => store.pathOf(file));
    expect(await restoredContent(files, paths)).toEqual(contentAt(checkpointId));
  }
  return manifests.map(({ checkpointId }) => checkpointId);
}

async function operationsOf(run: (files: CrashingFileSystem) => Promise<unknown>): Promise<number> {
  const files = new CrashingFileSystem({}, WRITE_BYTES);
  await run(files);
  return files.operations;
}

const WRITE_BYTES = 160;

test('the five checkpoints are of both kinds, and share files', async () => {
  const files = new CrashingFileSystem({}, WRITE_BYTES);
  const job = new Job(files);
  await job.takeAll();
  expect(job.failed).toEqual([]);
  expect(await checkAll(files)).toEqual([5, 4]);
  expect(job.retained.map(({ stateFiles }) => stateFiles[0]?.length)).toEqual([1, 2]);
  expect(files.paths.some((path) => path.includes('00000003'))).toBe(true);
});

test('a crash between any two file operations leaves checkpoints that load, the last one that was told of among them', async () => {
  const operations = await operationsOf((files) => new Job(files).takeAll());
  for (let crashBefore = 1; crashBefore <= operations; crashBefore++) {
    const files = new CrashingFileSystem({ crashBefore }, WRITE_BYTES);
    const job = new Job(files);
    await job.takeAll();
    for (const fate of FATES) {
      const left = files.afterCrash(fate);
      const listed = await checkAll(left);
      const told = job.retained[0]?.checkpointId;
      if (told !== undefined) expect(listed).toContain(told);

      // the next start goes on, and leaves nothing of what was interrupted
      const next = new Job(left);
      const kept = (await next.store.list()).slice(0, 1);
      await next.store.retain(kept);
      next.retained = kept;
      await next.take(CHECKPOINTS + 1);
      expect(next.failed).toEqual([]);
      expect(await checkAll(left)).toContain(CHECKPOINTS + 1);
      const named = new Set(next.retained.flatMap(({ stateFiles }) => stateFiles.flat()));
      const stateFiles = left.paths.filter((path) => path.endsWith('.state'));
      expect(stateFiles).toEqual([...named].map((file) => next.store.pathOf(file)).sort());
    }
  }
});

test('an operation that fails, a sync among them, costs one checkpoint at most, and the ones after it hold all', async () => {
  const operations = await operationsOf((files) => new Job(files).takeAll());
  for (let failing = 1; failing <= operations; failing++) {
    const files = new CrashingFileSystem({ failing }, WRITE_BYTES);
    const job = new Job(files);
    await job.takeAll();
    expect(job.reasons.length, job.reasons.join()).toBeLessThanOrEqual(1);
    for (const fate of FATES) {
      const listed = await checkAll(files.afterCrash(fate));
      expect(listed).toEqual(expect.arrayContaining(job.retained.map(({ checkpointId }) => checkpointId)));
    }
  }
});

test('a savepoint that was interrupted is incomplete or whole, never wrong', async () => {
  const before = new CrashingFileSystem({}, WRITE_BYTES);
  const job = new Job(before);
  await job.takeAll();
  const manifest = job.retained[0]!;
  const save = (files: FileSystem) =>
    writeSavepoint(files, new CheckpointStore(FOLDER, files), manifest, SAVEPOINT);
  const whole = before.branch({});
  await save(whole);
  let incomplete = 0;
  for (let crashBefore = 1; crashBefore <= whole.operations; crashBefore++) {
    const files = before.branch({ crashBefore });
    await expect(save(files)).rejects.toMatchObject({ code: 'EVENT_SAVEPOINT_FAILED' });
    for (const fate of FATES) {
      const left = files.afterCrash(fate);
      const read = await readSavepoint(left, SAVEPOINT).catch((error: { code: string }) => error.code);
      if (typeof read === 'string') {
        expect(read).toBe('EVENT_SAVEPOINT_MISSING');
        incomplete++;
        continue;
      }
      const paths = read.stateFiles.flat().map((file) => `${SAVEPOINT}/${file}`);
      expect(await restoredContent(left, paths)).toEqual(contentAt(CHECKPOINTS));
    }
  }
  expect(incomplete).toBeGreaterThan(0);
});
