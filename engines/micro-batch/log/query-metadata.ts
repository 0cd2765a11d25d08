import { z } from 'zod';
import { microBatchErrors } from '../errors.ts';
import type { FileStore } from './file-store.ts';

const FILE = 'metadata';
const metadataSchema = z.object({ id: z.string() });

/**
 * The id of a query over all its starts: that of Spark's `metadata` file (StreamMetadata), which the first start writes.
 *
 * @param newId random
 * @throws MICRO_BATCH_LOG_CORRUPT
 */
export async function readQueryId(files: FileStore, newId: () => string): Promise<string> {
  const text = await files.read(FILE);
  if (text !== undefined) return parseQueryMetadata(text);
  const id = newId();
  // Where another start was faster, its id is the query's.
  if (await files.create(FILE, JSON.stringify({ id }))) return id;
  return parseQueryMetadata((await files.read(FILE)) ?? '');
}

/** @throws MICRO_BATCH_LOG_CORRUPT */
export function parseQueryMetadata(text: string): string {
  try {
    return metadataSchema.parse(JSON.parse(text)).id;
  } catch (error) {
    const reason = error instanceof Error ? error.message : String(error);
    throw microBatchErrors.error('MICRO_BATCH_LOG_CORRUPT', { file: FILE, reason }, error);
  }
}
