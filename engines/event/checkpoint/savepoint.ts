import { basename, join } from 'node:path';
import { eventErrors } from '../errors.ts';
import { copyFile, type FileSystem, replaceText } from '../file-system/index.ts';
import { type CheckpointStore, MANIFEST, readManifest } from './checkpoint-store.ts';
import type { Manifest } from './manifest.ts';

/**
 * Copies a complete checkpoint, with all files that it needs, to a folder of its own, which may be moved anywhere. Replaces a savepoint
 * that stands there. Rejects with EVENT_SAVEPOINT_FAILED.
 */
export async function writeSavepoint(
  files: FileSystem,
  store: CheckpointStore,
  manifest: Manifest,
  folder: string,
): Promise<void> {
  try {
    await files.makeFolder(folder);
    await files.remove(join(folder, MANIFEST));
    const copy = async (file: string, name: string): Promise<string> => {
      await copyFile(files, store.pathOf(file), join(folder, name));
      return name;
    };
    const stateFiles: string[][] = [];
    for (const [slot, slotFiles] of manifest.stateFiles.entries()) {
      const names: string[] = [];
      for (const [index, file] of slotFiles.entries()) {
        names.push(await copy(file, `slot-${slot}-${index}.state`));
      }
      stateFiles.push(names);
    }
    const channelFiles: string[] = [];
    for (const file of manifest.channelFiles) channelFiles.push(await copy(file, basename(file)));
    const text = `${JSON.stringify({ ...manifest, stateFiles, channelFiles })}\n`;
    await replaceText(files, folder, MANIFEST, text);
  } catch (cause) {
    throw eventErrors.error('EVENT_SAVEPOINT_FAILED', { folder, reason: String(cause) }, cause);
  }
}

/** Rejects with EVENT_SAVEPOINT_MISSING where there is none, and EVENT_CHECKPOINT_DAMAGED. */
export async function readSavepoint(files: FileSystem, folder: string): Promise<Manifest> {
  const names = await files.list(folder).catch((): readonly string[] => []);
  if (!names.includes(MANIFEST)) throw eventErrors.error('EVENT_SAVEPOINT_MISSING', { folder });
  return readManifest(files, join(folder, MANIFEST));
}
