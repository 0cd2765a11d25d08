import { basename, dirname } from 'node:path';
import type { FileSystem, OpenFile } from '../index.ts';

/** What a crash of the machine does to what was not synced: a file system may have kept any part of it. */
export type UnsyncedFate = 'lost' | 'kept' | 'cut';

/** What goes wrong, counted in operations from 1. */
export interface Fault {
  /** Before this operation the machine crashes: it and all later ones reject. */
  readonly crashBefore?: number;
  /** This operation rejects, and the rest go on. */
  readonly failing?: number;
}

interface File {
  content: Buffer;
  /** As of the last sync. */
  synced: Buffer;
}

/**
 * A file system in memory that counts its operations, fails as it is told to, writes as little as it may, and knows what a crash of the machine
 * would leave: files as they were synced, under the names that their folders had when those were synced (the model of ALICE, Pillai et al.,
 * OSDI 2014, without reordering inside a file).
 */
export class CrashingFileSystem implements FileSystem {
  #files = new Map<string, File>();
  #folders = new Set<string>();
  /** Names that outlast a crash. */
  #durable = new Map<string, File>();
  readonly #fault: Fault;
  /** Bytes that one write takes at most. */
  readonly #writeBytes: number;
  operations = 0;

  constructor(fault: Fault, writeBytes: number) {
    this.#fault = fault;
    this.#writeBytes = writeBytes;
  }

  /** Another machine on the same disk, without the crash. */
  afterCrash(fate: UnsyncedFate): CrashingFileSystem {
    const left = new CrashingFileSystem({}, this.#writeBytes);
    left.#folders = new Set(this.#folders);
    const names = fate === 'lost' ? this.#durable : this.#files;
    left.#files = new Map(
      [...names].map(([path, file]) => {
        const content = contentAfter(file, fate);
        return [path, { content, synced: content }];
      }),
    );
    left.#durable = new Map(left.#files);
    return left;
  }

  /** A copy to go on from, with its own faults. */
  branch(fault: Fault): CrashingFileSystem {
    const branch = new CrashingFileSystem(fault, this.#writeBytes);
    branch.#folders = new Set(this.#folders);
    const copies = new Map<File, File>();
    const copyOf = (file: File): File => {
      const copy = copies.get(file) ?? { ...file };
      copies.set(file, copy);
      return copy;
    };
    branch.#files = new Map([...this.#files].map(([path, file]) => [path, copyOf(file)]));
    branch.#durable = new Map([...this.#durable].map(([path, file]) => [path, copyOf(file)]));
    return branch;
  }

  get paths(): string[] {
    return [...this.#files.keys()].sort();
  }

  async makeFolder(path: string): Promise<void> {
    this.#step('makeFolder');
    for (let folder = path; folder !== dirname(folder); folder = dirname(folder)) this.#folders.add(folder);
  }

  async list(path: string): Promise<readonly string[]> {
    this.#step('list');
    return [...this.#files.keys(), ...this.#folders]
      .filter((entry) => dirname(entry) === path)
      .map((entry) => basename(entry));
  }

  async open(path: string, mode: 'read' | 'write'): Promise<OpenFile> {
    this.#step('open');
    if (mode === 'write') {
      if (!this.#folders.has(dirname(path))) throw new Error(`ENOENT: no such folder, open '${path}'`);
      this.#files.set(path, { content: Buffer.alloc(0), synced: Buffer.alloc(0) });
    }
    const file = this.#files.get(path);
    if (file === undefined) throw new Error(`ENOENT: no such file, open '${path}'`);
    return {
      write: async (bytes) => {
        this.#step('write');
        const taken = bytes.subarray(0, this.#writeBytes);
        file.content = Buffer.concat([file.content, taken]);
        return taken.length;
      },
      read: async (target, position) => {
        this.#step('read');
        return file.content.copy(target, 0, position, position + this.#writeBytes);
      },
      size: async () => file.content.length,
      sync: async () => {
        this.#step('sync');
        file.synced = file.content;
      },
      close: async () => {},
    };
  }

  async rename(from: string, to: string): Promise<void> {
    this.#step('rename');
    const file = this.#files.get(from);
    if (file === undefined) throw new Error(`ENOENT: no such file, rename '${from}'`);
    this.#files.set(to, file);
    this.#files.delete(from);
  }

  async remove(path: string): Promise<void> {
    const inside = [...this.#files.keys()].filter((file) => file === path || file.startsWith(`${path}/`));
    // one operation a file: a crash may leave any part of a folder
    for (const file of inside) {
      this.#step('remove');
      this.#files.delete(file);
      // the worst for whoever relies on it: gone at once
      this.#durable.delete(file);
    }
    this.#step('remove');
    this.#folders = new Set([...this.#folders].filter((f) => f !== path && !f.startsWith(`${path}/`)));
  }

  async syncFolder(path: string): Promise<void> {
    this.#step('syncFolder');
    for (const name of this.#durable.keys()) {
      if (dirname(name) === path) this.#durable.delete(name);
    }
    for (const [name, file] of this.#files) {
      if (dirname(name) === path) this.#durable.set(name, file);
    }
  }

  #step(operation: string): void {
    this.operations++;
    const { crashBefore, failing } = this.#fault;
    if (crashBefore !== undefined && this.operations >= crashBefore)
      throw new Error(`EIO: crash, ${operation}`);
    if (this.operations === failing) throw new Error(`EIO: i/o error, ${operation}`);
  }
}

function contentAfter({ content, synced }: File, fate: UnsyncedFate): Buffer {
  switch (fate) {
    case 'lost':
      return synced;
    case 'kept':
      return content;
    case 'cut':
      return content.subarray(0, synced.length + Math.floor((content.length - synced.length) / 2));
  }
}
