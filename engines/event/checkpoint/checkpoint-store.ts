import { dirname, join } from 'node:path';
import { eventErrors } from '../errors.ts';
import { type FileSystem, nodeFileSystem, readText, replaceText } from '../file-system/index.ts';
import { filesOf, type Manifest, manifestSchema } from './manifest.ts';

export const MANIFEST = 'manifest.json';
const PREFIX = 'checkpoint-';
const COMMITTED_GROUP = 'committed-group';

/**
 * Checkpoints in a folder, one sub-folder each. Every slot's thread writes its own file; the coordinator completes the checkpoint with the
 * manifest. Files and folders are synced before the manifest names them, so what a manifest says survives a crash of the machine. A file
 * never changes, and goes when no manifest names it any more.
 */
export class CheckpointStore {
  readonly #folder: string;
  readonly #files: FileSystem;

  constructor(folder: string, files: FileSystem = nodeFileSystem) {
    this.#folder = folder;
    this.#files = files;
  }

  folderOf(checkpointId: number): string {
    return join(this.#folder, folderName(checkpointId));
  }

  /** Makes the checkpoint's folder, empty, before the slots write. */
  async begin(checkpointId: number): Promise<void> {
    const folder = this.folderOf(checkpointId);
    await this.#files.remove(folder);
    await this.#files.makeFolder(folder);
  }

  /** Name of the file that a slot writes its state to, and syncs, before the manifest. */
  slotFile(checkpointId: number, slot: number): string {
    return `${folderName(checkpointId)}/slot-${slot}.state`;
  }

  /** Name of the file for the elements that the slot's barriers overtook. */
  channelFile(checkpointId: number, slot: number): string {
    return `${folderName(checkpointId)}/slot-${slot}.channels`;
  }

  /** Where a file that a manifest names stands. */
  pathOf(file: string): string {
    return join(this.#folder, file);
  }

  /** Makes the checkpoint complete. @returns bytes of the manifest */
  async complete(manifest: Manifest): Promise<number> {
    const text = `${JSON.stringify(manifest)}\n`;
    await this.#files.syncFolder(this.#folder);
    await replaceText(this.#files, this.folderOf(manifest.checkpointId), MANIFEST, text);
    return text.length;
  }

  /** Notes that offsets of a checkpoint were committed for the group: from then on they must be there. */
  noteCommitted(group: string): Promise<void> {
    return replaceText(this.#files, this.#folder, COMMITTED_GROUP, group);
  }

  /** Undefined before the first commit. */
  async committedGroup(): Promise<string | undefined> {
    const names = await this.#files.list(this.#folder);
    return names.includes(COMMITTED_GROUP)
      ? readText(this.#files, join(this.#folder, COMMITTED_GROUP))
      : undefined;
  }

  /** Gives up a checkpoint that is not complete. */
  discard(checkpointId: number): Promise<void> {
    return this.#files.remove(this.folderOf(checkpointId));
  }

  /** Complete checkpoints, newest first. */
  async list(): Promise<Manifest[]> {
    const manifests: Manifest[] = [];
    for (const checkpointId of (await this.#ids()).sort((a, b) => b - a)) {
      const folder = this.folderOf(checkpointId);
      if ((await this.#files.list(folder)).includes(MANIFEST)) {
        manifests.push(await readManifest(this.#files, join(folder, MANIFEST)));
      }
    }
    return manifests;
  }

  /**
   * Ends every checkpoint that is not kept, complete or not, and deletes all files that no kept one names. The manifests go first, so none
   * ever names a file that is gone.
   *
   * @param keep manifests that are on disk
   */
  async retain(keep: readonly Manifest[]): Promise<void> {
    const kept = new Set(keep.map(({ checkpointId }) => checkpointId));
    const named = new Set(keep.flatMap(filesOf));
    const ended = (await this.#ids()).filter((checkpointId) => !kept.has(checkpointId)).sort((a, b) => a - b);
    for (const checkpointId of ended) {
      const folder = this.folderOf(checkpointId);
      if ((await this.#files.list(folder)).includes(MANIFEST)) {
        await this.#files.remove(join(folder, MANIFEST));
        await this.#files.syncFolder(folder);
      }
    }
    for (const checkpointId of ended) await this.#removeUnnamed(checkpointId, named);
  }

  async #removeUnnamed(checkpointId: number, named: ReadonlySet<string>): Promise<void> {
    const folder = this.folderOf(checkpointId);
    const files = await this.#files.list(folder);
    const unnamed = files.filter((file) => !named.has(`${folderName(checkpointId)}/${file}`));
    if (unnamed.length === files.length) {
      await this.#files.remove(folder);
      return;
    }
    for (const file of unnamed) await this.#files.remove(join(folder, file));
  }

  async #ids(): Promise<number[]> {
    await this.#files.makeFolder(this.#folder);
    return (await this.#files.list(this.#folder))
      .filter((name) => name.startsWith(PREFIX))
      .map((name) => Number(name.slice(PREFIX.length)));
  }
}

/** @throws EVENT_CHECKPOINT_DAMAGED */
export async function readManifest(files: FileSystem, path: string): Promise<Manifest> {
  try {
    return manifestSchema.parse(JSON.parse(await readText(files, path)));
  } catch (cause) {
    const reason = `it is no manifest of this engine, in ${dirname(path)}`;
    throw eventErrors.error('EVENT_CHECKPOINT_DAMAGED', { file: path, reason }, cause);
  }
}

function folderName(checkpointId: number): string {
  return `${PREFIX}${String(checkpointId).padStart(8, '0')}`;
}
