import { z } from 'zod';
import { microBatchErrors } from '../errors.ts';
import type { BatchSource, OffsetSequence, Offsets } from './ports.ts';

const offsetsSchema = z.record(z.string(), z.record(z.string(), z.number()));

/** Offsets in the JSON of Spark's KafkaSourceOffset: `{"topic":{"0":17,"1":4}}`. */
export function formatOffsets(source: string, offsets: Offsets): string {
  return JSON.stringify({ [source]: { ...offsets } });
}

/** @throws MICRO_BATCH_LOG_CORRUPT */
export function parseOffsets(source: string, text: string | null | undefined): Offsets {
  try {
    const partitions = offsetsSchema.parse(JSON.parse(text ?? ''))[source];
    if (partitions === undefined) throw new Error(`no offsets of ${source}`);
    return Object.keys(partitions)
      .map(Number)
      .sort((a, b) => a - b)
      .map((partition) => partitions[partition] as number);
  } catch (error) {
    const reason = error instanceof Error ? error.message : String(error);
    throw microBatchErrors.error('MICRO_BATCH_LOG_CORRUPT', { file: 'offsets', reason }, error);
  }
}

/** A line for each source. @throws MICRO_BATCH_LOG_CORRUPT */
export function parseSequence(
  sources: readonly BatchSource[],
  lines: readonly (string | null)[],
): OffsetSequence {
  return sources.map(({ name }, index) => parseOffsets(name, lines[index]));
}
