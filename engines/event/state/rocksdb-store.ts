import { mkdir, rm } from 'node:fs/promises';
import type RocksDB from 'rocksdb';
import type { ReadBatch, WriteBatch } from 'rocksdb';
import { ByteReader, ByteWriter } from './bytes.ts';
import { stateErrors } from './errors.ts';
import { skipKey } from './key-bytes.ts';
import { decodeStoreKey, PREFIX_BYTES, storeKeyOfRecord } from './rocksdb-key.ts';
import type { SnapshotSection } from './snapshot-file.ts';

const READ_AHEAD_ENTRIES = 1024;
const RESTORE_BATCH_ENTRIES = 2048;
/** Written side by side. */
const RESTORE_BATCHES = 4;
/** Above every store key: key groups are less than 32,768. */
const BEHIND_ALL_KEYS = Buffer.from([0xff, 0xff]);

/**
 * RocksDB as working storage: emptied when opened and removed when closed, since what has to last is in the snapshots. Writes are applied
 * in the order of the calls. Failures reject with EVENT_STATE_STORE_FAILED.
 */
export class RocksDbStore {
  readonly #folder: string;
  readonly #database: RocksDB;
  /** The last write or snapshot: each waits for the one before. */
  #sequence: Promise<unknown> = Promise.resolve();

  private constructor(folder: string, database: RocksDB) {
    this.#folder = folder;
    this.#database = database;
  }

  static async open(folder: string): Promise<RocksDbStore> {
    try {
      await rm(folder, { recursive: true, force: true });
      await mkdir(folder, { recursive: true });
      // Loaded where it is chosen: its binary would cost every slot's start, and so every recovery on the heap.
      const { default: RocksDB } = await import('rocksdb');
      const database = new RocksDB(folder);
      await database.ready();
      return new RocksDbStore(folder, database);
    } catch (cause) {
      throw storeFailed(folder, cause);
    }
  }

  /** `fill` adds the operations, some `capacity` of them, at once; the promise is for their being applied. */
  write(capacity: number, fill: (batch: WriteBatch) => void): Promise<void> {
    const batch = this.#database.write({ capacity });
    fill(batch);
    return this.#inSequence(() => applied(batch));
  }

  /** `fill` adds the reads, at once, and returns the promises of what it does with the values. */
  async read(fill: (batch: ReadBatch) => readonly Promise<void>[]): Promise<void> {
    const batch = this.#database.read();
    try {
      const values = fill(batch);
      await Promise.all([batch.flush(), ...values]);
    } catch (cause) {
      throw storeFailed(this.#folder, cause);
    } finally {
      batch.destroy();
    }
  }

  /** Resolves when all writes so far are applied. */
  async settled(): Promise<void> {
    await this.#sequence;
  }

  /** A view that contains exactly the writes that were asked for before this call. */
  view(): Promise<RocksDB> {
    return this.#inSequence(async () => this.#database.snapshot());
  }

  /** Writes a section's records as they stand, without decoding their values. No key comes twice, so batches may overtake each other. */
  async restore(tableNumber: number, { keyGroup, removed, records }: SnapshotSection): Promise<void> {
    await this.#sequence;
    const reader = new ByteReader(records);
    const written: Promise<void>[] = [];
    while (!reader.atEnd) {
      if (written.length >= RESTORE_BATCHES) await written[written.length - RESTORE_BATCHES];
      const batch = this.#database.write({ capacity: RESTORE_BATCH_ENTRIES });
      for (let entries = 0; entries < RESTORE_BATCH_ENTRIES && !reader.atEnd; entries++) {
        const start = reader.offset;
        skipKey(reader);
        const storeKey = storeKeyOfRecord(keyGroup, tableNumber, records.subarray(start, reader.offset));
        if (removed) batch.tryDelete(storeKey);
        else batch.tryPut(storeKey, reader.bytes(reader.uint32()));
      }
      written.push(this.#told(applied(batch)));
    }
    await Promise.all(written);
  }

  async close(): Promise<void> {
    await this.#sequence.catch(() => undefined);
    await this.#database.close({ force: true });
    await rm(this.#folder, { recursive: true, force: true });
  }

  #inSequence<Result>(step: () => Promise<Result>): Promise<Result> {
    const result = this.#told(this.#sequence.then(step));
    this.#sequence = result;
    return result;
  }

  /** Whoever asks next, or waits, gets the failure; until then it is not an unhandled one. */
  #told<Result>(work: Promise<Result>): Promise<Result> {
    const result = work.catch((cause: unknown) => {
      throw storeFailed(this.#folder, cause);
    });
    result.catch(() => undefined);
    return result;
  }
}

/** The sections of a view, in the form that heap tables write too. */
export async function* sectionsOfView(
  view: RocksDB,
  tableNames: readonly string[],
): AsyncGenerator<SnapshotSection, void> {
  const writer = new ByteWriter(64 * 1024);
  let current = { keyGroup: 0, tableNumber: 0 };
  const section = (): SnapshotSection => ({
    part: tableNames[current.tableNumber]!,
    keyGroup: current.keyGroup,
    removed: false,
    records: writer.view(),
  });
  const entries = view.iterator(
    { gte: Buffer.from([0]), lt: BEHIND_ALL_KEYS },
    { capacity: READ_AHEAD_ENTRIES },
  );
  for await (const { key, value } of entries) {
    const { keyGroup, tableNumber, record } = decodeStoreKey(key);
    if (keyGroup !== current.keyGroup || tableNumber !== current.tableNumber) {
      if (writer.length > 0) yield section();
      writer.clear();
      current = { keyGroup, tableNumber };
    }
    writer.bytes(record);
    writer.uint32(value.length);
    writer.bytes(value);
  }
  if (writer.length > 0) yield section();
}

/** The sections of those keys alone, each as text of one character a byte, that the view has, and of those that it has not. */
export async function* sectionsOfChanges(
  view: RocksDB,
  tableNames: readonly string[],
  changed: ReadonlySet<string>,
): AsyncGenerator<SnapshotSection, void> {
  const groups = new Map<string, Buffer[]>();
  for (const text of changed) {
    const storeKey = Buffer.from(text, 'latin1');
    const prefix = text.slice(0, PREFIX_BYTES);
    const group = groups.get(prefix);
    if (group === undefined) groups.set(prefix, [storeKey]);
    else group.push(storeKey);
  }
  const removedWriter = new ByteWriter();
  const writer = new ByteWriter(64 * 1024);
  for (const keys of groups.values()) {
    const { keyGroup, tableNumber } = decodeStoreKey(keys[0]!);
    removedWriter.clear();
    writer.clear();
    for (let start = 0; start < keys.length; start += RESTORE_BATCH_ENTRIES) {
      const some = keys.slice(start, start + RESTORE_BATCH_ENTRIES);
      const values = await readValues(view, some);
      some.forEach((storeKey, index) => {
        const { record } = decodeStoreKey(storeKey);
        const value = values[index];
        if (value === null || value === undefined) {
          removedWriter.bytes(record);
        } else {
          writer.bytes(record);
          writer.uint32(value.length);
          writer.bytes(value);
        }
      });
    }
    const name = { part: tableNames[tableNumber]!, keyGroup };
    if (removedWriter.length > 0) yield { ...name, removed: true, records: removedWriter.view() };
    if (writer.length > 0) yield { ...name, removed: false, records: writer.view() };
  }
}

async function readValues(view: RocksDB, keys: readonly Buffer[]): Promise<(Buffer | null)[]> {
  const batch = view.read({ capacity: keys.length });
  try {
    const values = Promise.all(keys.map((key) => batch.get(key)));
    await batch.flush();
    return await values;
  } finally {
    batch.destroy();
  }
}

async function applied(batch: WriteBatch): Promise<void> {
  try {
    await batch.flush();
  } finally {
    batch.destroy();
  }
}

function storeFailed(path: string, cause: unknown): Error {
  return stateErrors.error('EVENT_STATE_STORE_FAILED', { path, reason: String(cause) }, cause);
}
