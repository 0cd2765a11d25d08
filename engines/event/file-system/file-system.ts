/** A file that is open. */
export interface OpenFile {
  /** Appends to a file opened for writing. May write less than all. @returns bytes written, at least one */
  write(bytes: Uint8Array): Promise<number>;
  /** Fills `target` from `position` on. May read less. @returns bytes read, 0 at the end */
  read(target: Uint8Array, position: number): Promise<number>;
  size(): Promise<number>;
  /** Makes what was written last over a crash of the machine; its name lasts with `syncFolder`. */
  sync(): Promise<void>;
  close(): Promise<void>;
}

/**
 * The operations that checkpoints are written and read with: few, so that a test can crash between any two of them. All reject with
 * what the operating system says.
 */
export interface FileSystem {
  /** With its parents; nothing if it is there. */
  makeFolder(path: string): Promise<void>;
  /** Names in a folder, in no order. */
  list(path: string): Promise<readonly string[]>;
  /** `write` makes the file anew, empty. */
  open(path: string, mode: 'read' | 'write'): Promise<OpenFile>;
  /** Replaces a file of the new name at once. */
  rename(from: string, to: string): Promise<void>;
  /** A file, or a folder with all in it; nothing if it is not there. */
  remove(path: string): Promise<void>;
  /** Makes the names in a folder last over a crash of the machine. */
  syncFolder(path: string): Promise<void>;
}
