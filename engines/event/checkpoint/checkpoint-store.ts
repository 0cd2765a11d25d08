import { type FileHandle, mkdir, open, readdir, readFile, rename, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { eventErrors } from '../errors.ts';
import { type Manifest, manifestSchema } from './manifest.ts';

const MANIFEST = 'manifest.json';
const PREFIX = 'checkpoint-';

/**
 * Checkpoints in a folder, one sub-folder each. Every slot's thread writes its own file; the coordinator completes the checkpoint with the
 * manifest. Files and folders are synced before the manifest names them, so what a manifest says survives a crash of the machine.
 */
export class CheckpointStore {
  readonly #folder: string;

  constructor(folder: string) {
    this.#folder = folder;
  }

  folderOf(checkpointId: number): string {
    return join(this.#folder, `${PREFIX}${String(checkpointId).padStart(8, '0')}`);
  }

  /** Makes the checkpoint's folder, empty, before the slots write. */
  async begin(checkpointId: number): Promise<void> {
    const folder = this.folderOf(checkpointId);
    await rm(folder, { recursive: true, force: true });
    await mkdir(folder, { recursive: true });
  }

  /** Where a slot writes its state, and syncs it, before the manifest. */
  slotFile(checkpointId: number, slot: number): string {
    return join(this.folderOf(checkpointId), `slot-${slot}.state`);
  }

  /** The state files of a complete checkpoint, by slot. */
  slotFiles(manifest: Manifest): string[] {
    return manifest.slotBytes.map((_, slot) => this.slotFile(manifest.checkpointId, slot));
  }

  /** Makes the checkpoint complete. @returns bytes of the manifest */
  async complete(manifest: Manifest): Promise<number> {
    const folder = this.folderOf(manifest.checkpointId);
    const text = `${JSON.stringify(manifest)}\n`;
    const temporary = join(folder, `${MANIFEST}.partial`);
    await withFile(temporary, 'w', async (handle) => {
      await handle.writeFile(text);
      await handle.datasync();
    });
    await rename(temporary, join(folder, MANIFEST));
    await withFile(folder, 'r', (handle) => handle.sync());
    await withFile(this.#folder, 'r', (handle) => handle.sync());
    return text.length;
  }

  /** Complete checkpoints, newest first. */
  async list(): Promise<Manifest[]> {
    const manifests: Manifest[] = [];
    for (const checkpointId of (await this.#ids()).sort((a, b) => b - a)) {
      const file = join(this.folderOf(checkpointId), MANIFEST);
      const text = await readFile(file, 'utf8').catch(() => undefined);
      if (text !== undefined) {
        manifests.push(parseManifest(file, text));
      }
    }
    return manifests;
  }

  /** Deletes every checkpoint that `keep` does not hold, complete or not. */
  async retain(keep: ReadonlySet<number>): Promise<void> {
    for (const checkpointId of await this.#ids()) {
      if (!keep.has(checkpointId)) {
        await rm(this.folderOf(checkpointId), { recursive: true, force: true });
      }
    }
  }

  async #ids(): Promise<number[]> {
    await mkdir(this.#folder, { recursive: true });
    return (await readdir(this.#folder))
      .filter((name) => name.startsWith(PREFIX))
      .map((name) => Number(name.slice(PREFIX.length)));
  }
}

function parseManifest(file: string, text: string): Manifest {
  try {
    return manifestSchema.parse(JSON.parse(text));
  } catch (cause) {
    throw eventErrors.error('EVENT_CHECKPOINT_DAMAGED', { file, reason: 'it is no manifest' }, cause);
  }
}

async function withFile<T>(path: string, flags: string, use: (handle: FileHandle) => Promise<T>): Promise<T> {
  const handle = await open(path, flags);
  try {
    return await use(handle);
  } finally {
    await handle.close();
  }
}
