import { link, mkdir, open, readdir, readFile, rename, rm, unlink } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import type { FileStore } from './file-store.ts';

const TEMPORARY = '.tmp';

/**
 * A FileStore in a folder. A file is written under a temporary name and synced, then linked (create: fails if the
 * name is taken) or renamed (replace), then its folder is synced. What crashes left behind under temporary names is
 * removed on opening.
 */
export async function openDiskFileStore(root: string): Promise<FileStore> {
  await mkdir(root, { recursive: true });
  for (const name of await readdir(root, { recursive: true })) {
    if (name.endsWith(TEMPORARY)) await rm(join(root, name), { force: true });
  }
  const folders = new Set<string>();

  async function writeTemporary(path: string, content: string): Promise<string> {
    const folder = dirname(path);
    if (!folders.has(folder)) {
      await mkdir(folder, { recursive: true });
      folders.add(folder);
    }
    const temporary = `${path}.${process.pid}${TEMPORARY}`;
    const handle = await open(temporary, 'w');
    try {
      await handle.writeFile(content);
      await handle.datasync();
    } finally {
      await handle.close();
    }
    return temporary;
  }

  return {
    async create(path, content) {
      const target = join(root, path);
      const temporary = await writeTemporary(target, content);
      try {
        await link(temporary, target);
      } catch (error) {
        if (hasCode(error, 'EEXIST')) return false;
        throw error;
      } finally {
        await removed(temporary);
      }
      await syncFolder(dirname(target));
      return true;
    },
    async replace(path, content) {
      const target = join(root, path);
      await rename(await writeTemporary(target, content), target);
      await syncFolder(dirname(target));
    },
    async read(path) {
      try {
        return await readFile(join(root, path), 'utf8');
      } catch (error) {
        if (hasCode(error, 'ENOENT')) return undefined;
        throw error;
      }
    },
    async list(folder) {
      try {
        return (await readdir(join(root, folder))).filter((name) => !name.endsWith(TEMPORARY));
      } catch (error) {
        if (hasCode(error, 'ENOENT')) return [];
        throw error;
      }
    },
    async remove(path) {
      await removed(join(root, path));
    },
  };
}

/** Deletes a file unless it is gone already. A plain unlink: `rm` looks at the file first, and a batch deletes several. */
async function removed(path: string): Promise<void> {
  try {
    await unlink(path);
  } catch (error) {
    if (!hasCode(error, 'ENOENT')) throw error;
  }
}

async function syncFolder(folder: string): Promise<void> {
  const handle = await open(folder, 'r');
  try {
    await handle.sync();
  } finally {
    await handle.close();
  }
}

function hasCode(error: unknown, code: string): boolean {
  return error instanceof Error && 'code' in error && error.code === code;
}
