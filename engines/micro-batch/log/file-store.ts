/**
 * Small files that either are there whole and durable, or are not there: what logs and state are kept in. Paths are
 * relative, with `/`. A failed call leaves the file as it was. The port is narrow so that a test can fail between any
 * two operations.
 */
export interface FileStore {
  /** Writes a file that must not exist; false, and nothing written, if it does. Durable when it resolves. */
  create(path: string, content: string): Promise<boolean>;
  /** Writes a file, in place of the one that may be there. Durable when it resolves. */
  replace(path: string, content: string): Promise<void>;
  /** Undefined if there is no such file. */
  read(path: string): Promise<string | undefined>;
  /** Names of the files in a folder, in no order; empty if there is no such folder. */
  list(folder: string): Promise<string[]>;
  /** Removes a file; nothing happens if it is not there. */
  remove(path: string): Promise<void>;
}
