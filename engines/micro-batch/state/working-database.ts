import { mkdir, rm } from 'node:fs/promises';
import type RocksDB from 'rocksdb';
import type { WriteBatch } from 'rocksdb';
import { CrosscurrentError } from '../../../errors/index.ts';
import { microBatchErrors } from '../errors.ts';

/** Of an entry's key, before the key as UTF-8. */
const ENTRY = 1;
const VERSION_KEY = Buffer.from([0]);
const FIRST_ENTRY = Buffer.from([ENTRY]);
const BEHIND_ENTRIES = Buffer.from([ENTRY + 1]);
const READ_AHEAD_ENTRIES = 1024;
const REBUILD_BATCH_ENTRIES = 2048;
/** In the place of the version while the database is filled. */
const BEING_FILLED = -1;

interface Held {
  readonly version: number;
  readonly size: number;
}

/**
 * One version of a state store in RocksDB, each change of version applied as one batch together with the version's
 * number. After a crash it has some version that was applied, not always the last one. Failures reject with
 * MICRO_BATCH_STATE_STORE_FAILED.
 */
export class WorkingDatabase {
  readonly #folder: string;
  #database: RocksDB;
  #held: Held;

  /** Opens a folder that nobody else has open; an empty one holds version 0. */
  static async open(folder: string): Promise<WorkingDatabase> {
    return guarded(folder, async () => {
      const database = await openDatabase(folder);
      const [text] = await readAll(database, [VERSION_KEY]);
      const held = text === undefined ? { version: 0, size: 0 } : (JSON.parse(text) as Held);
      return new WorkingDatabase(folder, database, held);
    });
  }

  private constructor(folder: string, database: RocksDB, held: Held) {
    this.#folder = folder;
    this.#database = database;
    this.#held = held;
  }

  /** -1: it was being filled when a crash came. */
  get version(): number {
    return this.#held.version;
  }

  get size(): number {
    return this.#held.size;
  }

  read(keys: readonly string[]): Promise<(string | undefined)[]> {
    return guarded(this.#folder, () => readAll(this.#database, keys.map(entryKey)));
  }

  /** Moves on to another version, all or nothing. */
  apply(held: Held, changes: Iterable<readonly [string, string | undefined]>): Promise<void> {
    return guarded(this.#folder, async () => {
      const batch = this.#database.write({ capacity: REBUILD_BATCH_ENTRIES });
      for (const [key, value] of changes) add(batch, key, value);
      batch.tryPut(VERSION_KEY, Buffer.from(JSON.stringify(held)));
      await applied(batch);
      this.#held = held;
    });
  }

  /**
   * Empties the database and fills it.
   *
   * @param version what it is filled with
   * @param produce gives all entries, later ones over earlier ones, and resolves with the number of keys
   */
  refill(
    version: number,
    produce: (add: (key: string, value: string | undefined) => void) => Promise<number>,
  ): Promise<void> {
    return guarded(this.#folder, async () => {
      await this.#database.close({ force: true });
      await rm(this.#folder, { recursive: true, force: true });
      this.#database = await openDatabase(this.#folder);
      await this.apply({ version: BEING_FILLED, size: 0 }, []);
      let written: Promise<void> = Promise.resolve();
      let batch: WriteBatch | undefined;
      let entries = 0;
      const write = (full: WriteBatch) => {
        written = written.then(() => applied(full));
        written.catch(() => undefined);
      };
      const size = await produce((key, value) => {
        batch ??= this.#database.write({ capacity: REBUILD_BATCH_ENTRIES });
        add(batch, key, value);
        if (++entries % REBUILD_BATCH_ENTRIES !== 0) return;
        write(batch);
        batch = undefined;
      });
      if (batch !== undefined) write(batch);
      await written;
      await this.apply({ version, size }, []);
    });
  }

  /**
   * Visits entries in the order of their keys' bytes.
   *
   * @param after the place to go on from, as an earlier call returned it
   * @returns the place of the last one; undefined if there are no more
   */
  visit(
    after: Buffer | undefined,
    limit: number,
    visit: (key: string, value: string) => void,
  ): Promise<Buffer | undefined> {
    return guarded(this.#folder, async () => {
      // The least key that is greater: the same with a zero byte at its end.
      const first = after === undefined ? FIRST_ENTRY : Buffer.concat([after, Buffer.alloc(1)]);
      let left = limit;
      const range = { gte: first, lt: BEHIND_ENTRIES };
      for await (const { key, value } of this.#database.iterator(range, { capacity: READ_AHEAD_ENTRIES })) {
        visit(key.toString('utf8', 1), value.toString());
        if (--left <= 0) return key;
      }
      return undefined;
    });
  }

  async close(): Promise<void> {
    await this.#database.close({ force: true });
  }
}

async function openDatabase(folder: string): Promise<RocksDB> {
  await mkdir(folder, { recursive: true });
  // Loaded where it is chosen: its binary would cost every start with state elsewhere.
  const { default: Database } = await import('rocksdb');
  const database = new Database(folder);
  await database.ready();
  return database;
}

function entryKey(key: string): Buffer {
  const bytes = Buffer.allocUnsafe(1 + Buffer.byteLength(key));
  bytes[0] = ENTRY;
  bytes.write(key, 1);
  return bytes;
}

function add(batch: WriteBatch, key: string, value: string | undefined): void {
  if (value === undefined) batch.tryDelete(entryKey(key));
  else batch.tryPut(entryKey(key), Buffer.from(value));
}

async function readAll(database: RocksDB, keys: readonly Buffer[]): Promise<(string | undefined)[]> {
  if (keys.length === 0) return [];
  const batch = database.read({ capacity: keys.length });
  try {
    const values = Promise.all(keys.map((key) => batch.get(key)));
    await batch.flush();
    return (await values).map((value) => value?.toString());
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

async function guarded<Result>(folder: string, work: () => Promise<Result>): Promise<Result> {
  try {
    return await work();
  } catch (cause) {
    if (cause instanceof CrosscurrentError) throw cause;
    throw microBatchErrors.error('MICRO_BATCH_STATE_STORE_FAILED', { folder, reason: String(cause) }, cause);
  }
}
