import { mkdtemp, readdir, readFile, rename, rm, truncate, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { nodeFileSystem } from '../file-system/index.ts';
import { CheckpointStore, chooseCheckpoint, type Manifest, readSavepoint, writeSavepoint } from './index.ts';

let folder: string;
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'checkpoints-'));
});
afterEach(() => rm(folder, { recursive: true }));

function manifestOf(checkpointId: number): Manifest {
  return {
    version: 2,
    checkpointId,
    dataflow: 'test',
    parallelism: 2,
    maxParallelism: 128,
    guarantee: 'exactly-once',
    positions: [10 * checkpointId, 0],
    maxEventTimesMs: [5, null],
    watermarksMs: [4, null],
    lateRecords: 1,
    deadLetters: 2,
    stateFiles: [[`checkpoint-0000000${checkpointId}/slot-0.state`]],
    slotBytes: [3, 3],
    channelFiles: [],
    inputPartitions: [1],
    operatorStates: [],
  };
}

async function complete(store: CheckpointStore, checkpointId: number): Promise<void> {
  await store.begin(checkpointId);
  await writeFile(store.pathOf(store.slotFile(checkpointId, 0)), 'abc');
  await store.complete(manifestOf(checkpointId));
}

test('lists complete checkpoints, newest first; one without manifest does not exist', async () => {
  const store = new CheckpointStore(folder);
  expect(await store.list()).toEqual([]);
  await complete(store, 1);
  await complete(store, 2);
  await store.begin(3);
  await writeFile(store.pathOf(store.slotFile(3, 0)), 'half');
  expect(await new CheckpointStore(folder).list()).toEqual([manifestOf(2), manifestOf(1)]);
});

test('beginning a checkpoint that was left incomplete empties it', async () => {
  const store = new CheckpointStore(folder);
  await store.begin(1);
  await writeFile(store.pathOf(store.slotFile(1, 0)), 'old');
  await store.begin(1);
  expect(await readdir(store.folderOf(1))).toEqual([]);
});

test('keeps what is to be retained and deletes the rest, complete or not', async () => {
  const store = new CheckpointStore(folder);
  for (const checkpointId of [1, 2, 3]) await complete(store, checkpointId);
  await store.begin(4);
  await store.retain([manifestOf(2), manifestOf(3)]);
  expect((await store.list()).map(({ checkpointId }) => checkpointId)).toEqual([3, 2]);
  expect(await readdir(folder)).toHaveLength(2);
});

test('a manifest cut short is an error with the file in it', async () => {
  const store = new CheckpointStore(folder);
  await complete(store, 1);
  await truncate(join(store.folderOf(1), 'manifest.json'), 20);
  await expect(store.list()).rejects.toMatchObject({
    code: 'EVENT_CHECKPOINT_DAMAGED',
    message: expect.stringContaining('manifest.json'),
  });
});

const manifests = [manifestOf(5), manifestOf(4), manifestOf(3)];
const at = { manifests, savepoint: undefined, group: 'g', folder: 'f' };

test('at-least-once restores the newest checkpoint, or nothing', async () => {
  expect((await chooseCheckpoint({ ...at, committed: undefined }))?.checkpointId).toBe(5);
  expect(await chooseCheckpoint({ ...at, manifests: [], committed: undefined })).toBeUndefined();
});

test('exactly-once restores the checkpoint that was committed, and not a newer one', async () => {
  const committed = [undefined, { offset: 40, metadata: '4' }];
  expect((await chooseCheckpoint({ ...at, committed }))?.checkpointId).toBe(4);
});

test('exactly-once without a committed offset starts from the beginning, whatever is on disk', async () => {
  expect(await chooseCheckpoint({ ...at, committed: [undefined, undefined] })).toBeUndefined();
});

test('exactly-once refuses when the committed checkpoint is not there', async () => {
  await expect(chooseCheckpoint({ ...at, committed: [{ offset: 1, metadata: '2' }] })).rejects.toMatchObject({
    code: 'EVENT_CHECKPOINT_MISSING',
  });
});

test.each([
  ['at-least-once, nothing of its own', [], undefined, 9],
  ['at-least-once, a checkpoint of its own', manifests, undefined, 5],
  ['a new group', [], [undefined], 9],
  ['a new group, with a checkpoint that was not committed', manifests, [undefined], 9],
  ['the group of the savepoint', [], [{ offset: 1, metadata: '9' }], 9],
  ['a checkpoint of its own that was committed', manifests, [{ offset: 1, metadata: '4' }], 4],
])('a savepoint to start from: %s', async (_case, manifests, committed, expected) => {
  const savepoint = async () => manifestOf(9);
  const chosen = await chooseCheckpoint({ ...at, manifests, savepoint, committed });
  expect(chosen?.checkpointId).toBe(expected);
});

test('a savepoint is refused where outputs after it are committed already', async () => {
  const committed = [{ offset: 1, metadata: '11' }];
  await expect(
    chooseCheckpoint({ ...at, manifests: [], savepoint: async () => manifestOf(9), committed }),
  ).rejects.toMatchObject({ code: 'EVENT_SAVEPOINT_OUTDATED' });
});

test('a file stays as long as a kept checkpoint names it, and its own checkpoint is over all the same', async () => {
  const store = new CheckpointStore(folder);
  for (const checkpointId of [1, 2, 3]) await complete(store, checkpointId);
  const shared = { ...manifestOf(3), stateFiles: [[store.slotFile(1, 0), store.slotFile(3, 0)]] };
  await store.complete(shared);
  await store.retain([shared]);
  expect(await store.list()).toEqual([shared]);
  expect(await readdir(folder)).toEqual(['checkpoint-00000001', 'checkpoint-00000003']);
  expect(await readdir(store.folderOf(1))).toEqual(['slot-0.state']);
  await complete(store, 4);
  await store.retain([manifestOf(4)]);
  expect(await readdir(folder)).toEqual(['checkpoint-00000004']);
});

test('a savepoint has all its files in its own folder', async () => {
  const store = new CheckpointStore(join(folder, 'checkpoints'));
  for (const checkpointId of [1, 2]) await complete(store, checkpointId);
  const manifest = { ...manifestOf(2), stateFiles: [[store.slotFile(1, 0), store.slotFile(2, 0)]] };
  const target = join(folder, 'savepoint');
  await writeSavepoint(nodeFileSystem, store, manifest, target);
  await rename(target, join(folder, 'moved'));
  const read = await readSavepoint(nodeFileSystem, join(folder, 'moved'));
  expect(read).toEqual({ ...manifest, stateFiles: [['slot-0-0.state', 'slot-0-1.state']] });
  expect(await readFile(join(folder, 'moved', 'slot-0-1.state'), 'utf8')).toBe('abc');
  await expect(readSavepoint(nodeFileSystem, target)).rejects.toMatchObject({
    code: 'EVENT_SAVEPOINT_MISSING',
  });
});
