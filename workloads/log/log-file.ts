import { readFile, rename, rm, writeFile } from 'node:fs/promises';
import { z } from 'zod';
import { workloadErrors } from '../errors.ts';
import { shared } from './build-log.ts';
import { canonicalChunks, hashLog } from './log-hash.ts';
import type { RecordedLog } from './recorded-log.ts';
import { parseLogSpecification } from './specification.ts';

const FORMAT = 'crosscurrent-log/1';
const TAB = 0x09;
const NEWLINE = 0x0a;

const headerSchema = z.strictObject({
  format: z.literal(FORMAT),
  specification: z.unknown(),
  count: z.int().min(0),
  sha256: z.string().regex(/^[0-9a-f]{64}$/),
});
type Header = z.infer<typeof headerSchema>;

/**
 * Writes a log as a file: one line of JSON about it, then its canonical bytes. The file appears under its name when it is whole.
 *
 * @throws WORKLOAD_LOG_NOT_WRITTEN
 */
export async function serializeLog(log: RecordedLog, path: string): Promise<void> {
  const partial = `${path}.${process.pid}.partial`;
  try {
    await writeFile(partial, fileChunks(log));
    await rename(partial, path);
  } catch (cause) {
    await rm(partial, { force: true });
    throw workloadErrors.error('WORKLOAD_LOG_NOT_WRITTEN', { path, problem: reasonOf(cause) }, cause);
  }
}

/**
 * Reads what `serializeLog` wrote and checks it.
 *
 * @throws WORKLOAD_LOG_UNREADABLE, WORKLOAD_LOG_TRUNCATED, WORKLOAD_LOG_HASH_MISMATCH, or an error of the specification
 */
export async function parseLog(path: string): Promise<RecordedLog> {
  const bytes = await readFile(path).catch((cause: unknown) => {
    throw workloadErrors.error('WORKLOAD_LOG_UNREADABLE', { problem: reasonOf(cause) }, cause);
  });
  const headerEnd = bytes.indexOf(NEWLINE);
  const header = parseHeader(bytes.toString('utf8', 0, Math.max(headerEnd, 0)));
  const specification = parseLogSpecification(header.specification);
  const content = parseRecords(bytes.subarray(headerEnd + 1), header.count);
  const found = hashLog(content);
  if (found !== header.sha256) {
    throw workloadErrors.error('WORKLOAD_LOG_HASH_MISMATCH', { found, expected: header.sha256 });
  }
  return { specification, sha256: found, ...content };
}

function* fileChunks(log: RecordedLog): Generator<Buffer> {
  const { specification, count, sha256 } = log;
  const header: Header = { format: FORMAT, specification, count, sha256 };
  yield Buffer.from(`${JSON.stringify(header)}\n`);
  yield* canonicalChunks(log);
}

function reasonOf(cause: unknown): string {
  return cause instanceof Error ? cause.message : String(cause);
}

function parseHeader(line: string): Header {
  try {
    return headerSchema.parse(JSON.parse(line));
  } catch (cause) {
    const problem = `its first line is not a header of the format ${FORMAT}`;
    throw workloadErrors.error('WORKLOAD_LOG_UNREADABLE', { problem }, cause);
  }
}

function parseRecords(bytes: Buffer, count: number): Omit<RecordedLog, 'specification' | 'sha256'> {
  // A record takes four bytes at least: a header that promises more must not make us reserve memory for it.
  if (count > bytes.length / 4) {
    throw workloadErrors.error('WORKLOAD_LOG_TRUNCATED', { found: countLines(bytes), expected: count });
  }
  const partitionOf = shared(Uint8Array, count);
  const keyOf = shared(Uint32Array, count);
  const valueStart = shared(Uint32Array, count + 1);
  const values = shared(Uint8Array, bytes.length);
  const keyIndexes = new Map<string, number>();
  let at = 0;
  for (let sequence = 0; sequence < count; sequence += 1) {
    const end = bytes.indexOf(NEWLINE, at);
    if (end < 0) throw workloadErrors.error('WORKLOAD_LOG_TRUNCATED', { found: sequence, expected: count });
    const partitionEnd = bytes.indexOf(TAB, at);
    const keyEnd = bytes.indexOf(TAB, partitionEnd + 1);
    const partition = Number(bytes.toString('latin1', at, partitionEnd));
    if (partitionEnd < 0 || keyEnd < 0 || keyEnd > end || !(partition >= 0 && partition < 256)) {
      const problem = `record ${sequence} is not partition, key and value between tabs`;
      throw workloadErrors.error('WORKLOAD_LOG_UNREADABLE', { problem });
    }
    const key = bytes.toString('utf8', partitionEnd + 1, keyEnd);
    const keyIndex = keyIndexes.get(key) ?? keyIndexes.size;
    keyIndexes.set(key, keyIndex);
    partitionOf[sequence] = partition;
    keyOf[sequence] = keyIndex;
    const start = valueStart[sequence] as number;
    values.set(bytes.subarray(keyEnd + 1, end), start);
    valueStart[sequence + 1] = start + end - keyEnd - 1;
    at = end + 1;
  }
  if (at !== bytes.length) {
    throw workloadErrors.error('WORKLOAD_LOG_UNREADABLE', {
      problem: `bytes follow after record ${count - 1}`,
    });
  }
  return {
    count,
    partitionOf,
    keyOf,
    valueStart,
    values: values.subarray(0, valueStart[count]),
    keys: [...keyIndexes.keys()],
  };
}

function countLines(bytes: Buffer): number {
  let lines = 0;
  for (let at = bytes.indexOf(NEWLINE); at >= 0; at = bytes.indexOf(NEWLINE, at + 1)) lines += 1;
  return lines;
}
