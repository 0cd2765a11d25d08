import { mkdtemp, readdir, rm, truncate, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { CheckpointStore, chooseCheckpoint, type Manifest } from './index.ts';

let folder: string;
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'checkpoints-'));
});
afterEach(() => rm(folder, { recursive: true }));

function manifestOf(checkpointId: number): Manifest {
  return {
    version: 1,
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
    slotBytes: [3, 3],
  };
}

async function complete(store: CheckpointStore, checkpointId: number): Promise<void> {
  await store.begin(checkpointId);
  await writeFile(store.slotFile(checkpointId, 0), 'abc');
  await store.complete(manifestOf(checkpointId));
}

test('lists complete checkpoints, newest first; one without manifest does not exist', async () => {
  const store = new CheckpointStore(folder);
  expect(await store.list()).toEqual([]);
  await complete(store, 1);
  await complete(store, 2);
  await store.begin(3);
  await writeFile(store.slotFile(3, 0), 'half');
  expect(await new CheckpointStore(folder).list()).toEqual([manifestOf(2), manifestOf(1)]);
});

test('beginning a checkpoint that was left incomplete empties it', async () => {
  const store = new CheckpointStore(folder);
  await store.begin(1);
  await writeFile(store.slotFile(1, 0), 'old');
  await store.begin(1);
  expect(await readdir(store.folderOf(1))).toEqual([]);
});

test('keeps what is to be retained and deletes the rest, complete or not', async () => {
  const store = new CheckpointStore(folder);
  for (const checkpointId of [1, 2, 3]) await complete(store, checkpointId);
  await store.begin(4);
  await store.retain(new Set([2, 3]));
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
const at = { manifests, group: 'g', folder: 'f' };

test('at-least-once restores the newest checkpoint, or nothing', () => {
  expect(chooseCheckpoint({ ...at, committed: undefined })?.checkpointId).toBe(5);
  expect(chooseCheckpoint({ ...at, manifests: [], committed: undefined })).toBeUndefined();
});

test('exactly-once restores the checkpoint that was committed, and not a newer one', () => {
  const committed = [undefined, { offset: 40, metadata: '4' }];
  expect(chooseCheckpoint({ ...at, committed })?.checkpointId).toBe(4);
});

test('exactly-once without a committed offset starts from the beginning, whatever is on disk', () => {
  expect(chooseCheckpoint({ ...at, committed: [undefined, undefined] })).toBeUndefined();
});

test('exactly-once refuses when the committed checkpoint is not there', () => {
  expect(() => chooseCheckpoint({ ...at, committed: [{ offset: 1, metadata: '2' }] })).toThrow(
    expect.objectContaining({ code: 'EVENT_CHECKPOINT_MISSING' }),
  );
});
