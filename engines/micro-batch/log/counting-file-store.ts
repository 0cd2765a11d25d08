import type { FileStore } from './file-store.ts';

export interface CountingFileStore extends FileStore {
  /** Bytes of the files written since the last call. */
  takeBytes(): number;
}

/** Counts what goes through it to another store. */
export function countBytes(files: FileStore): CountingFileStore {
  let bytes = 0;
  return {
    async create(path, content) {
      const created = await files.create(path, content);
      if (created) bytes += Buffer.byteLength(content);
      return created;
    },
    async replace(path, content) {
      await files.replace(path, content);
      bytes += Buffer.byteLength(content);
    },
    read: (path) => files.read(path),
    list: (folder) => files.list(folder),
    remove: (path) => files.remove(path),
    takeBytes() {
      const taken = bytes;
      bytes = 0;
      return taken;
    },
  };
}
