import { crc32 } from 'node:zlib';
import { z } from 'zod';
import { CrosscurrentError } from '../../../errors/index.ts';
import { type FileSystem, type OpenFile, readUpTo, writeAll } from '../file-system/index.ts';
import { ByteWriter } from './bytes.ts';
import { stateErrors } from './errors.ts';
import type { KeyGroupRange } from './key-group.ts';

/** The records of one part and one key group; of a snapshot of changes also what was removed, which is taken out before the records are put in. */
export interface SnapshotSection {
  readonly part: string;
  readonly keyGroup: number;
  readonly removed: boolean;
  readonly records: Buffer;
}

/*
 * Layout: sections one after the other; footer (JSON: where each section stands, with its checksum); checksum and length of the
 * footer (two uint32, big endian); the eight bytes below. A reader of some key groups reads the footer and those sections only.
 */
const ENDING = Buffer.from('CCSTATE2', 'latin1');
const TAIL_BYTES = 8 + ENDING.length;
const WRITE_BUFFER_BYTES = 256 * 1024;

const footerSchema = z.object({
  maxParallelism: z.int().positive(),
  sections: z.array(
    z.object({
      part: z.string(),
      keyGroup: z.int().nonnegative(),
      removed: z.boolean(),
      offset: z.int().nonnegative(),
      bytes: z.int().positive(),
      checksum: z.int(),
    }),
  ),
});

type Footer = z.infer<typeof footerSchema>;

/**
 * Writes and syncs a snapshot file. A section's buffer is used up before the next one is taken. Rejects with EVENT_SNAPSHOT_WRITE_FAILED
 * when the file system fails; other errors of `sections` pass through.
 */
export async function writeSnapshotFile(
  files: FileSystem,
  path: string,
  maxParallelism: number,
  sections: AsyncIterable<SnapshotSection>,
): Promise<{ readonly bytes: number }> {
  const footer: Footer = { maxParallelism, sections: [] };
  const buffered = new ByteWriter(WRITE_BUFFER_BYTES);
  const file = await files
    .open(path, 'write')
    .catch((cause: unknown) => Promise.reject(writeFailed(path, cause)));
  let written = 0;
  const flush = async (): Promise<void> => {
    await writeAll(file, buffered.view()).catch((cause: unknown) => Promise.reject(writeFailed(path, cause)));
    written += buffered.length;
    buffered.clear();
  };
  try {
    for await (const { part, keyGroup, removed, records } of sections) {
      const offset = written + buffered.length;
      footer.sections.push({
        part,
        keyGroup,
        removed,
        offset,
        bytes: records.length,
        checksum: crc32(records),
      });
      buffered.bytes(records);
      if (buffered.length >= WRITE_BUFFER_BYTES) await flush();
    }
    const footerBytes = Buffer.from(JSON.stringify(footer), 'utf8');
    buffered.bytes(footerBytes);
    buffered.uint32(crc32(footerBytes));
    buffered.uint32(footerBytes.length);
    buffered.bytes(ENDING);
    await flush();
    await file.sync().catch((cause: unknown) => Promise.reject(writeFailed(path, cause)));
  } finally {
    await file.close();
  }
  return { bytes: written };
}

/**
 * Gives the sections of the wanted key groups of one file to `onSection`, in file order. Rejects with EVENT_SNAPSHOT_UNREADABLE,
 * EVENT_SNAPSHOT_CORRUPT or EVENT_SNAPSHOT_INCOMPATIBLE.
 */
export async function readSnapshotFile(
  files: FileSystem,
  path: string,
  maxParallelism: number,
  keyGroups: KeyGroupRange,
  onSection: (section: SnapshotSection) => void | Promise<void>,
): Promise<void> {
  let file: OpenFile | undefined;
  try {
    file = await files.open(path, 'read');
    const footer = await readFooter(path, file);
    if (footer.maxParallelism !== maxParallelism) {
      const reason = `it was taken with maxParallelism ${footer.maxParallelism}, this pipeline has ${maxParallelism}`;
      throw stateErrors.error('EVENT_SNAPSHOT_INCOMPATIBLE', { path, reason });
    }
    for (const { part, keyGroup, removed, offset, bytes, checksum } of footer.sections) {
      if (keyGroup < keyGroups.first || keyGroup > keyGroups.last) continue;
      const records = await readAt(path, file, offset, bytes);
      if (crc32(records) !== checksum)
        throw corrupt(path, `wrong checksum of key group ${keyGroup} of "${part}"`);
      await onSection({ part, keyGroup, removed, records });
    }
  } catch (cause) {
    if (cause instanceof CrosscurrentError) throw cause;
    throw stateErrors.error('EVENT_SNAPSHOT_UNREADABLE', { path, reason: String(cause) }, cause);
  } finally {
    await file?.close();
  }
}

async function readFooter(path: string, file: OpenFile): Promise<Footer> {
  const size = await file.size();
  if (size < TAIL_BYTES) throw corrupt(path, `it has only ${size} bytes`);
  const tail = await readAt(path, file, size - TAIL_BYTES, TAIL_BYTES);
  const footerLength = tail.readUInt32BE(4);
  if (!tail.subarray(8).equals(ENDING) || footerLength > size - TAIL_BYTES) {
    throw corrupt(path, 'it does not end as a snapshot file does, so it was cut short or is another file');
  }
  const bytes = await readAt(path, file, size - TAIL_BYTES - footerLength, footerLength);
  if (crc32(bytes) !== tail.readUInt32BE(0)) throw corrupt(path, 'wrong checksum of the footer');
  const footer = footerSchema.safeParse(JSON.parse(bytes.toString('utf8')));
  if (!footer.success) throw corrupt(path, 'unknown footer');
  return footer.data;
}

async function readAt(path: string, file: OpenFile, offset: number, length: number): Promise<Buffer> {
  const buffer = await readUpTo(file, offset, length);
  if (buffer.length < length) throw corrupt(path, 'it ends within a section');
  return buffer;
}

function corrupt(path: string, reason: string): CrosscurrentError {
  return stateErrors.error('EVENT_SNAPSHOT_CORRUPT', { path, reason });
}

function writeFailed(path: string, cause: unknown): CrosscurrentError {
  return stateErrors.error('EVENT_SNAPSHOT_WRITE_FAILED', { path, reason: String(cause) }, cause);
}
