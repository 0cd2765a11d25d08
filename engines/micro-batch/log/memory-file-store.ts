import type { FileStore } from './file-store.ts';

/** A FileStore in memory: for conformance vectors and tests, where what outlives an engine is the object itself. */
export function createMemoryFileStore(): FileStore {
  const files = new Map<string, string>();
  return {
    async create(path, content) {
      if (files.has(path)) return false;
      files.set(path, content);
      return true;
    },
    async replace(path, content) {
      files.set(path, content);
    },
    async read(path) {
      return files.get(path);
    },
    async list(folder) {
      const prefix = `${folder}/`;
      return [...files.keys()]
        .filter((path) => path.startsWith(prefix) && !path.slice(prefix.length).includes('/'))
        .map((path) => path.slice(prefix.length));
    },
    async remove(path) {
      files.delete(path);
    },
  };
}
