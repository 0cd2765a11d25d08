import type { FileSystem, OpenFile } from './file-system.ts';

const COPY_BYTES = 1024 * 1024;

/** Writes all of the bytes, however little the system takes at once. */
export async function writeAll(file: OpenFile, bytes: Uint8Array): Promise<void> {
  for (let written = 0; written < bytes.length; ) {
    written += await file.write(bytes.subarray(written));
  }
}

/** Reads `length` bytes; fewer if the file ends before. */
export async function readUpTo(file: OpenFile, position: number, length: number): Promise<Buffer> {
  const buffer = Buffer.allocUnsafe(length);
  let filled = 0;
  while (filled < length) {
    const count = await file.read(buffer.subarray(filled), position + filled);
    if (count === 0) break;
    filled += count;
  }
  return buffer.subarray(0, filled);
}

/** Opens a file, and closes it whatever comes. */
async function withFile<T>(
  files: FileSystem,
  path: string,
  mode: 'read' | 'write',
  use: (file: OpenFile) => Promise<T>,
): Promise<T> {
  const file = await files.open(path, mode);
  try {
    return await use(file);
  } finally {
    await file.close();
  }
}

export function readText(files: FileSystem, path: string): Promise<string> {
  return withFile(files, path, 'read', async (file) =>
    (await readUpTo(file, 0, await file.size())).toString('utf8'),
  );
}

/**
 * Puts a text in place as a whole: written beside, synced, renamed, and the folder synced. A reader finds the whole text or what was
 * there before.
 */
export async function replaceText(
  files: FileSystem,
  folder: string,
  name: string,
  text: string,
): Promise<void> {
  const partial = `${folder}/${name}.partial`;
  await withFile(files, partial, 'write', async (file) => {
    await writeAll(file, Buffer.from(text, 'utf8'));
    await file.sync();
  });
  await files.rename(partial, `${folder}/${name}`);
  await files.syncFolder(folder);
}

/** Copies a file and syncs the copy. */
export async function copyFile(files: FileSystem, from: string, to: string): Promise<void> {
  await withFile(files, from, 'read', (source) =>
    withFile(files, to, 'write', async (target) => {
      const size = await source.size();
      for (let at = 0; at < size; at += COPY_BYTES) {
        await writeAll(target, await readUpTo(source, at, Math.min(COPY_BYTES, size - at)));
      }
      await target.sync();
    }),
  );
}
