import { closeSync, openSync, readFileSync, readSync } from 'node:fs';
import { rename, rm, writeFile } from 'node:fs/promises';
import { z } from 'zod';
import { workloadErrors } from '../errors.ts';
import { canonicalChunks, hashLog } from './log-hash.ts';
import { parseLines } from './log-lines.ts';
import type { LogSpecification, RecordedLog } from './recorded-log.ts';
import { columnSizes, parseColumns, recordingChunks } from './recording-columns.ts';
import { parseLogSpecification } from './specification.ts';

/** Generated logs: a line a record, `partition \t key \t value`. */
const LINES = 'crosscurrent-log/1';
/** Recordings, whose keys and values may hold anything and whose records have due instants: columns of bytes. */
const COLUMNS = 'crosscurrent-log/2';
const NEWLINE = 0x0a;
const MOST_HEADER_BYTES = 1 << 16;

const common = {
  specification: z.unknown(),
  count: z.int().min(0),
  sha256: z.string().regex(/^[0-9a-f]{64}$/),
};
const headerSchema = z.discriminatedUnion('format', [
  z.strictObject({ format: z.literal(LINES), ...common }),
  z.strictObject({
    format: z.literal(COLUMNS),
    ...common,
    keys: z.int().min(0),
    keyBytes: z.int().min(0),
    valueBytes: z.int().min(0),
  }),
]);
type Header = z.infer<typeof headerSchema>;

/**
 * Writes a log as a file: one line of JSON about it, then its records. The file appears under its name when it is whole.
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
 * Reads what `serializeLog` wrote, of this version or an older one, and checks it.
 *
 * @throws WORKLOAD_LOG_UNREADABLE, WORKLOAD_LOG_TRUNCATED, WORKLOAD_LOG_HASH_MISMATCH, or an error of the specification
 */
export function parseLog(path: string | URL): RecordedLog {
  const bytes = attempt(() => readFileSync(path));
  const headerEnd = bytes.indexOf(NEWLINE);
  const header = parseHeader(bytes.subarray(0, Math.max(headerEnd, 0)));
  const specification = parseLogSpecification(header.specification);
  const body = bytes.subarray(headerEnd + 1);
  const content =
    header.format === LINES ? parseLines(body, header.count) : parseColumns(body, header.count, header);
  const found = hashLog(content);
  if (found !== header.sha256) {
    throw workloadErrors.error('WORKLOAD_LOG_HASH_MISMATCH', { found, expected: header.sha256 });
  }
  return { specification, sha256: found, ...content };
}

/**
 * The specification of a log file, without reading its records.
 *
 * @throws WORKLOAD_LOG_UNREADABLE, or an error of the specification
 */
export function parseLogFileSpecification(path: string | URL): LogSpecification {
  const start = Buffer.alloc(MOST_HEADER_BYTES);
  const length = attempt(() => {
    const file = openSync(path, 'r');
    try {
      return readSync(file, start);
    } finally {
      closeSync(file);
    }
  });
  const headerEnd = start.subarray(0, length).indexOf(NEWLINE);
  return parseLogSpecification(parseHeader(start.subarray(0, Math.max(headerEnd, 0))).specification);
}

function* fileChunks(log: RecordedLog): Generator<Uint8Array> {
  const { specification, count, sha256, dueUs } = log;
  const header: Header =
    dueUs === undefined
      ? { format: LINES, specification, count, sha256 }
      : { format: COLUMNS, specification, count, sha256, ...columnSizes(log) };
  yield Buffer.from(`${JSON.stringify(header)}\n`);
  yield* dueUs === undefined ? canonicalChunks(log) : recordingChunks({ ...log, dueUs });
}

function attempt<T>(read: () => T): T {
  try {
    return read();
  } catch (cause) {
    throw workloadErrors.error('WORKLOAD_LOG_UNREADABLE', { problem: reasonOf(cause) }, cause);
  }
}

function reasonOf(cause: unknown): string {
  return cause instanceof Error ? cause.message : String(cause);
}

function parseHeader(line: Buffer): Header {
  try {
    return headerSchema.parse(JSON.parse(line.toString('utf8')));
  } catch (cause) {
    const problem = `its first line is not a header of the format ${LINES} or ${COLUMNS}`;
    throw workloadErrors.error('WORKLOAD_LOG_UNREADABLE', { problem }, cause);
  }
}
