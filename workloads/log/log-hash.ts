import { createHash } from 'node:crypto';
import type { RecordedLog } from './recorded-log.ts';

const NEWLINE = 0x0a;
const CHUNK_BYTES = 1 << 18;

/** The records of a log. */
export type LogContent = Omit<RecordedLog, 'sha256' | 'specification'>;

/** SHA-256 of the canonical bytes, and of the due instants where the log has them, in hexadecimal. */
export function hashLog(log: LogContent): string {
  const hash = createHash('sha256');
  for (const chunk of canonicalChunks(log)) hash.update(chunk);
  if (log.dueUs !== undefined) hash.update(log.dueUs);
  return hash.digest('hex');
}

/** The canonical bytes: for each record `partition \t key \t value \n`. A chunk is valid until the next is asked for. */
export function* canonicalChunks(log: LogContent): Generator<Buffer> {
  const keys = log.keys.map((key) => Buffer.from(`\t${key}\t`, 'utf8'));
  const prefixes = Array.from({ length: 256 }, (_, partition) => Buffer.from(String(partition)));
  let chunk = Buffer.allocUnsafe(CHUNK_BYTES);
  let length = 0;
  for (let sequence = 0; sequence < log.count; sequence += 1) {
    const prefix = prefixes[log.partitionOf[sequence] as number] as Buffer;
    const key = keys[log.keyOf[sequence] as number] as Buffer;
    const start = log.valueStart[sequence] as number;
    const end = log.valueStart[sequence + 1] as number;
    const needed = prefix.length + key.length + (end - start) + 1;
    if (length + needed > chunk.length) {
      yield chunk.subarray(0, length);
      length = 0;
      if (needed > chunk.length) chunk = Buffer.allocUnsafe(needed);
    }
    chunk.set(prefix, length);
    length += prefix.length;
    chunk.set(key, length);
    length += key.length;
    chunk.set(log.values.subarray(start, end), length);
    length += end - start;
    chunk[length] = NEWLINE;
    length += 1;
  }
  yield chunk.subarray(0, length);
}
