import { CrosscurrentError } from '../../../errors/index.ts';
import { microBatchErrors } from '../errors.ts';
import type { FileStore } from './file-store.ts';
import { NewerVersion } from './log-version.ts';

/** One file a batch, named by the batch id, written once. */
export interface BatchLog<Entry> {
  /**
   * Durable when it resolves. Fails with MICRO_BATCH_LOG_TAKEN if the batch has an entry: two runs share the folder.
   */
  add(batchId: number, entry: Entry): Promise<void>;
  get(batchId: number): Promise<Entry | undefined>;
  /** The entry of the highest batch id. */
  latest(): Promise<{ readonly batchId: number; readonly entry: Entry } | undefined>;
  /** Removes the entries below a batch id. */
  purgeBelow(batchId: number): Promise<void>;
}

/** How an entry is written as text. `parse` throws a plain Error that says what is wrong. */
export interface EntryFormat<Entry> {
  format(entry: Entry): string;
  parse(text: string): Entry;
}

/**
 * After Spark's HDFSMetadataLog: the rule that `add` is atomic and exclusive is what makes a batch id mean one thing.
 */
export function openBatchLog<Entry>(
  files: FileStore,
  folder: string,
  format: EntryFormat<Entry>,
): BatchLog<Entry> {
  let purgedBelow: number | undefined;

  const batchIds = async (): Promise<number[]> =>
    (await files.list(folder)).filter((name) => /^\d+$/.test(name)).map(Number);

  async function get(batchId: number): Promise<Entry | undefined> {
    const file = `${folder}/${batchId}`;
    const text = await files.read(file);
    if (text === undefined) return undefined;
    try {
      return format.parse(text);
    } catch (error) {
      if (error instanceof CrosscurrentError) throw error;
      if (error instanceof NewerVersion) {
        const { version, highest } = error;
        throw microBatchErrors.error('MICRO_BATCH_LOG_NEWER', { file, version, highest }, error);
      }
      const reason = error instanceof Error ? error.message : String(error);
      throw microBatchErrors.error('MICRO_BATCH_LOG_CORRUPT', { file, reason }, error);
    }
  }

  return {
    get,
    async add(batchId, entry) {
      if (!(await files.create(`${folder}/${batchId}`, format.format(entry)))) {
        throw microBatchErrors.error('MICRO_BATCH_LOG_TAKEN', { batchId, log: folder });
      }
    },
    async latest() {
      const ids = await batchIds();
      if (ids.length === 0) return undefined;
      const batchId = Math.max(...ids);
      const entry = await get(batchId);
      return entry === undefined ? undefined : { batchId, entry };
    },
    async purgeBelow(batchId) {
      // One listing after a start; from then on the ids between two calls are known.
      const ids =
        purgedBelow === undefined
          ? (await batchIds()).filter((id) => id < batchId)
          : Array.from({ length: Math.max(0, batchId - purgedBelow) }, (_, index) => batchId - 1 - index);
      for (const id of ids) await files.remove(`${folder}/${id}`);
      purgedBelow = Math.max(batchId, purgedBelow ?? 0);
    },
  };
}
