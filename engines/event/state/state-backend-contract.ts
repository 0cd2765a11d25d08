// Longer than most: the whole contract of a backend stands in one place, which every backend is run against.
import { mkdtemp, open, rm, stat, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import fc from 'fast-check';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { type KeyedStateTable, type StateBackend, type ValueCodec, VOID_NAMESPACE } from './backend.ts';
import type { SnapshotScope } from './copy-on-write.ts';
import { type Key, type KeyGroupRange, keyGroupOf, keyGroupRangeOf } from './key-group.ts';
import { emptyModel, type System, stateCommands } from './state-backend-model.ts';

const MAX_PARALLELISM = 16;
const ALL: KeyGroupRange = { first: 0, last: MAX_PARALLELISM - 1 };

/** A value that is changed in place, as accumulators are. */
type Counter = { count: number };

const COUNTER_CODEC: ValueCodec<Counter> = {
  copy: ({ count }) => ({ count }),
  write: ({ count }, writer) => writer.float64(count),
  read: (reader) => ({ count: reader.float64() }),
};

/** Makes an empty backend that tracks changes and whose working files, if any, lie in `folder`. */
export type MakeBackend = (options: {
  readonly folder: string;
  readonly keyGroups: KeyGroupRange;
  readonly maxParallelism: number;
}) => Promise<StateBackend>;

/** What every state backend keeps to; each backend's test runs it. */
export function describeStateBackendContract(name: string, makeBackend: MakeBackend): void {
  describe(`state backend contract: ${name}`, () => {
    let root: string;
    let opened: StateBackend[];

    beforeEach(async () => {
      root = await mkdtemp(join(tmpdir(), 'crosscurrent-state-'));
      opened = [];
    });

    afterEach(async () => {
      for (const backend of opened) await backend.close();
      await rm(root, { recursive: true, force: true });
    });

    async function makeSlot(keyGroups = ALL, maxParallelism = MAX_PARALLELISM): Promise<Slot> {
      const backend = await makeBackend({
        folder: join(root, `slot-${opened.length}`),
        keyGroups,
        maxParallelism,
      });
      opened.push(backend);
      return new Slot(backend);
    }

    it('keeps values apart by key, type of key and namespace', async () => {
      const slot = await makeSlot();
      await slot.put('1', VOID_NAMESPACE, 10);
      await slot.put(1, VOID_NAMESPACE, 11);
      await slot.put('1', 5_000, 12);
      await slot.put('', -5_000, 13);

      expect(await slot.read('1')).toBe(10);
      expect(await slot.read(1)).toBe(11);
      expect(await slot.read('1', 5_000)).toBe(12);
      expect(await slot.read('', -5_000)).toBe(13);
      expect(await slot.read('', 5_000)).toBeUndefined();
    });

    it('removes one namespace of a key and keeps the others', async () => {
      const slot = await makeSlot();
      for (const namespace of [0, 10, 20]) await slot.put('key', namespace, namespace);
      await slot.remove('key', 10);

      expect(await slot.read('key', 0)).toBe(0);
      expect(await slot.read('key', 10)).toBeUndefined();
      expect(await slot.read('key', 20)).toBe(20);
    });

    it('brings a snapshot back in a new backend, removed state not', async () => {
      const slot = await makeSlot();
      await slot.put('merchant-1', 0, 1);
      await slot.put('Zürich → 東京', 300_000, 2);
      await slot.put(-2.5, 0, 3);
      await slot.put('gone', 0, 4);
      await slot.remove('gone', 0);
      const file = join(root, 'snapshot');
      const { bytes } = await slot.backend.snapshot().write(file);

      const restored = await makeSlot();
      await restored.backend.restore([file]);

      expect(await restored.read('merchant-1')).toBe(1);
      expect(await restored.read('Zürich → 東京', 300_000)).toBe(2);
      expect(await restored.read(-2.5)).toBe(3);
      expect(await restored.read('gone')).toBeUndefined();
      expect(bytes).toBe((await stat(file)).size);
    });

    it('keeps a snapshot as it was at its instant while state changes', async () => {
      const slot = await makeSlot();
      for (let key = 0; key < 3_000; key++) await slot.put(key, 0, key);
      const handle = slot.backend.snapshot();
      await slot.add(0, 0, 1_000_000);
      const writing = handle.write(join(root, 'snapshot'));
      for (let key = 0; key < 3_000; key += 3) await slot.add(key, 0, 1_000_000);
      for (let key = 1; key < 3_000; key += 3) await slot.remove(key, 0);
      for (let key = 3_000; key < 4_000; key++) await slot.put(key, 0, key);
      for (let key = 1; key < 3_000; key += 6) await slot.put(key, 0, 7);
      await writing;

      const restored = await makeSlot();
      await restored.backend.restore([join(root, 'snapshot')]);
      for (let key = 0; key < 3_000; key++) expect(await restored.read(key)).toBe(key);
      for (let key = 3_000; key < 4_000; key++) expect(await restored.read(key)).toBeUndefined();
      expect(await slot.read(0)).toBe(2_000_000);
      expect(await slot.read(7)).toBe(7);
      expect(await slot.read(4)).toBeUndefined();
    });

    it('takes one snapshot at a time and starts anew after a release', async () => {
      const slot = await makeSlot();
      await slot.put('key', 0, 1);
      const handle = slot.backend.snapshot();
      expect(() => slot.backend.snapshot()).toThrowError(
        expect.objectContaining({ code: 'EVENT_SNAPSHOT_RUNNING' }),
      );
      await handle.release();
      await slot.add('key', 0, 1);
      await slot.backend.snapshot().write(join(root, 'snapshot'));

      const restored = await makeSlot();
      await restored.backend.restore([join(root, 'snapshot')]);
      expect(await restored.read('key')).toBe(2);
    });

    it('restores at another parallelism: each key in the slot that owns its group, and nowhere else', async () => {
      const keys = Array.from({ length: 200 }, (_, index) => `user-${index}`);
      const files: string[] = [];
      for (const slotNumber of [0, 1]) {
        const keyGroups = keyGroupRangeOf(slotNumber, 2, MAX_PARALLELISM);
        const slot = await makeSlot(keyGroups);
        for (const key of keys.filter((key) => owns(keyGroups, key))) await slot.put(key, 0, key.length);
        files.push(join(root, `two-${slotNumber}`));
        await slot.backend.snapshot().write(files[slotNumber]!);
      }
      for (const slotNumber of [0, 1, 2]) {
        const keyGroups = keyGroupRangeOf(slotNumber, 3, MAX_PARALLELISM);
        const slot = await makeSlot(keyGroups);
        await slot.backend.restore(files);
        for (const key of keys.filter((key) => owns(keyGroups, key)))
          expect(await slot.read(key)).toBe(key.length);
        await slot.backend.snapshot().write(join(root, `three-${slotNumber}`));
      }
      const whole = await makeSlot();
      await whole.backend.restore([0, 1, 2].map((slotNumber) => join(root, `three-${slotNumber}`)));
      for (const key of keys) expect(await whole.read(key)).toBe(key.length);
    });

    it('goes on after a snapshot that could not be written', async () => {
      const slot = await makeSlot();
      await slot.put('key', 0, 1);
      const file = join(root, 'no-such-folder', 'snapshot');
      await expect(slot.backend.snapshot().write(file)).rejects.toMatchObject({
        code: 'EVENT_SNAPSHOT_WRITE_FAILED',
      });
      await slot.add('key', 0, 1);
      await slot.backend.snapshot().write(join(root, 'snapshot'));

      const restored = await makeSlot();
      await restored.backend.restore([join(root, 'snapshot')]);
      expect(await restored.read('key')).toBe(2);
    });

    it('refuses a file that is missing, cut short, damaged, or of another maxParallelism', async () => {
      const slot = await makeSlot();
      for (let key = 0; key < 50; key++) await slot.put(key, 0, key);
      const file = join(root, 'snapshot');
      const { bytes } = await slot.backend.snapshot().write(file);

      const other = await makeSlot({ first: 0, last: 31 }, 32);
      const codeOf = (backend: StateBackend, path: string): Promise<string> =>
        backend.restore([path]).then(
          () => 'restored',
          (error: { code: string }) => error.code,
        );
      expect(await codeOf(slot.backend, join(root, 'absent'))).toBe('EVENT_SNAPSHOT_UNREADABLE');
      expect(await codeOf(other.backend, file)).toBe('EVENT_SNAPSHOT_INCOMPATIBLE');
      await writeFile(join(root, 'empty'), '');
      expect(await codeOf(slot.backend, join(root, 'empty'))).toBe('EVENT_SNAPSHOT_CORRUPT');
      for (const position of [3, bytes - 40, bytes - 13, bytes - 3]) {
        await flipBit(file, position);
        expect(await codeOf(slot.backend, file)).toBe('EVENT_SNAPSHOT_CORRUPT');
        await flipBit(file, position);
      }
      const handle = await open(file, 'r+');
      await handle.truncate(bytes - 1);
      await handle.close();
      expect(await codeOf(slot.backend, file)).toBe('EVENT_SNAPSHOT_CORRUPT');
    });

    it('behaves as a plain map, through any run of changes, snapshots under way and restarts', async () => {
      await fc.assert(
        fc.asyncProperty(stateCommands, async (commands) => {
          const folder = await mkdtemp(join(root, 'run-'));
          const system: System = {
            slot: await makeSlot(),
            makeSlot,
            folder,
            files: [],
            snapshots: 0,
            writing: undefined,
          };
          await fc.asyncModelRun(() => ({ model: emptyModel(), real: system }), commands);
          await system.writing;
          await system.slot.backend.close();
        }),
        { numRuns: 25 },
      );
    });

    it('writes the changes since the snapshot before, removals included, and restores them in order', async () => {
      const slot = await makeSlot();
      for (let key = 0; key < 1_000; key++) await slot.put(key, 0, key);
      const files = ['base', 'first', 'second'].map((name) => join(root, name));
      const base = await slot.backend.snapshot('changes').write(files[0]!);
      await slot.add(1, 0, 100);
      await slot.remove(2, 0);
      await slot.remove(3, 0);
      await slot.put(3, 0, 33);
      await slot.put(2_000, 0, 1);
      const first = await slot.backend.snapshot('changes').write(files[1]!);
      await slot.put(2, 0, 22);
      await slot.add(1, 0, 1);
      await slot.remove(2_000, 0);
      const second = await slot.backend.snapshot('changes').write(files[2]!);

      expect([base.scope, first.scope, second.scope]).toEqual(['full', 'changes', 'changes']);
      expect(first.bytes + second.bytes).toBeLessThan(base.bytes / 5);
      for (const [count, expected] of [
        [2, [101, undefined, 33, 1]],
        [3, [102, 22, 33, undefined]],
      ] as const) {
        const restored = await makeSlot();
        await restored.backend.restore(files.slice(0, count));
        const read = [];
        for (const key of [1, 2, 3, 2_000]) read.push(await restored.read(key));
        expect(read).toEqual(expected);
        expect(await restored.read(999)).toBe(999);
      }
    });

    it('gives a full snapshot after one that was not written, and whenever it is asked for', async () => {
      const slot = await makeSlot();
      const write = async (scope: SnapshotScope, name: string) =>
        (await slot.backend.snapshot(scope).write(join(root, name))).scope;
      await slot.put('key', 0, 1);
      expect(await write('full', 'a')).toBe('full');
      await slot.put('key', 0, 2);
      await slot.backend.snapshot('changes').release();
      expect(await write('changes', 'b')).toBe('full');
      await expect(write('changes', 'no-such-folder/c')).rejects.toMatchObject({
        code: 'EVENT_SNAPSHOT_WRITE_FAILED',
      });
      expect(await write('changes', 'd')).toBe('full');
      expect(await write('changes', 'e')).toBe('changes');
      expect(await write('full', 'f')).toBe('full');

      const restored = await makeSlot();
      await restored.backend.restore([join(root, 'd'), join(root, 'e')]);
      expect(await restored.read('key')).toBe(2);
    });

    it('refuses a snapshot that holds state which nobody declared', async () => {
      const slot = await makeSlot();
      slot.backend.table('another', COUNTER_CODEC).put('key', 0, { count: 1 });
      const file = join(root, 'snapshot');
      await slot.backend.snapshot().write(file);

      const restored = await makeSlot();
      await expect(restored.backend.restore([file])).rejects.toMatchObject({
        code: 'EVENT_SNAPSHOT_INCOMPATIBLE',
      });
    });
  });
}

/** A backend with one table, used as the runtime does: prefetch, then synchronous calls. */
export class Slot {
  readonly backend: StateBackend;
  readonly #table: KeyedStateTable<Counter>;

  constructor(backend: StateBackend) {
    this.backend = backend;
    this.#table = backend.table('counters', COUNTER_CODEC);
  }

  async read(key: Key, namespace = VOID_NAMESPACE): Promise<number | undefined> {
    await this.#prefetch(key, namespace);
    return this.#table.get(key, namespace)?.count;
  }

  async put(key: Key, namespace: number, count: number): Promise<void> {
    await this.#prefetch(key, namespace);
    this.#table.put(key, namespace, { count });
  }

  /** Changes the value in place; does nothing if there is none. */
  async add(key: Key, namespace: number, difference: number): Promise<void> {
    await this.#prefetch(key, namespace);
    const counter = this.#table.getForUpdate(key, namespace);
    if (counter !== undefined) counter.count += difference;
  }

  async remove(key: Key, namespace: number): Promise<void> {
    await this.#prefetch(key, namespace);
    this.#table.remove(key, namespace);
  }

  #prefetch(key: Key, namespace: number): Promise<void> | undefined {
    return this.backend.prefetch(() => this.#table.request(key, namespace));
  }
}

function owns({ first, last }: KeyGroupRange, key: Key): boolean {
  const keyGroup = keyGroupOf(key, MAX_PARALLELISM);
  return first <= keyGroup && keyGroup <= last;
}

async function flipBit(path: string, position: number): Promise<void> {
  const file = await open(path, 'r+');
  const byte = Buffer.alloc(1);
  await file.read(byte, 0, 1, position);
  byte[0]! ^= 1;
  await file.write(byte, 0, 1, position);
  await file.close();
}
