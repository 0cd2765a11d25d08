import { microBatchErrors } from '../errors.ts';
import type { FileStore } from '../log/index.ts';
import { readStateFile, StateFileText } from './state-file.ts';

/**
 * A snapshot holds each key as it was at some version from `from` to `version`, since it is written bit by bit while
 * batches go on. With the deltas after `from` laid over it, it is exact for `version` and every later one.
 */
interface Snapshot {
  readonly from: number;
  readonly version: number;
}

export interface ChangelogFilesOptions {
  readonly files: FileStore;
  /** Folder of one state store. */
  readonly folder: string;
  /** Versions from one snapshot to the next, at least. */
  readonly snapshotInterval: number;
}

/**
 * So many intervals after the last snapshot there is another, however little changed: a restart reads no endless row
 * of files.
 */
const LONGEST_INTERVALS = 20;
/** What one maintenance adds to a snapshot at most, besides as many entries as change: the pause between two batches. */
const SNAPSHOT_STEP_ENTRIES = 20_000;

/** The state as a snapshot is taken of it. */
export interface SnapshotContent {
  /** The version when the taking begins. */
  readonly from: number;
  /** Gives up to so many entries, as they are now, going on where it stopped; false when there are no more. */
  take(limit: number, add: (key: string, value: string) => void): Promise<boolean>;
}

/**
 * The files of a state store: a delta a version, `<version>.delta`, and a snapshot now and then,
 * `<from>-<version>.snapshot`, after Spark's HDFSBackedStateStoreProvider and its changelog checkpointing. A snapshot
 * is due when half as many entries changed as there are, so its cost is in proportion to the changes, whatever the size
 * of the state.
 */
export class ChangelogFiles {
  readonly #options: ChangelogFilesOptions;
  /** Newest version written or read. */
  #version = 0;
  /** Oldest first. */
  #snapshots: Snapshot[] = [];
  /** Entries of the deltas after the newest snapshot. */
  #changedSince = 0;
  #changedSinceMaintenance = 0;
  /** Whether files of later versions may be there, of batches that are now run again. */
  #mayHaveLater = true;
  #writing: { readonly text: StateFileText; readonly content: SnapshotContent } | undefined;

  constructor(options: ChangelogFilesOptions) {
    this.#options = options;
  }

  /**
   * Gives all entries that make up a version to `apply`, later ones over earlier ones. Fails with
   * MICRO_BATCH_STATE_MISSING or MICRO_BATCH_STATE_CORRUPT, in which case `apply` may have heard of some.
   *
   * @returns the number of keys
   */
  async read(version: number, apply: (key: string, value: string | undefined) => void): Promise<number> {
    this.#begin(version);
    this.#snapshots = await this.#listSnapshots(version);
    const snapshot = this.#snapshots.at(-1);
    let size = 0;
    if (snapshot !== undefined) {
      const file = snapshotName(snapshot);
      ({ size } = await this.#readFile(
        file,
        { kind: 'snapshot', version: snapshot.version },
        version,
        apply,
      ));
    }
    return (await this.replay(snapshot?.from ?? 0, version, apply)) ?? size;
  }

  /**
   * Gives the changes from one version to another to `apply`.
   *
   * @returns the number of keys; undefined where the versions are the same
   */
  async replay(
    from: number,
    version: number,
    apply: (key: string, value: string | undefined) => void,
  ): Promise<number | undefined> {
    let size: number | undefined;
    for (let delta = from + 1; delta <= version; delta++) {
      const id = { kind: 'delta', version: delta } as const;
      const read = await this.#readFile(deltaName(delta), id, version, apply);
      size = read.size;
      this.#changedSince += read.entries;
    }
    return size;
  }

  /** Says that the version is known without reading its files: what follows counts from there. */
  async resume(version: number): Promise<void> {
    this.#begin(version);
    this.#snapshots = await this.#listSnapshots(version);
  }

  /**
   * Writes a version on top of the one before. Durable when it resolves.
   *
   * @param size number of keys with the changes
   */
  async writeDelta(
    version: number,
    size: number,
    changes: Iterable<readonly [string, string | undefined]>,
  ): Promise<void> {
    const text = new StateFileText();
    for (const [key, value] of changes) text.add(key, value);
    if (this.#mayHaveLater) await this.#removeFrom(version);
    // Replaced, not created: an attempt that failed after this step may have left its file.
    await this.#options.files.replace(
      this.#path(deltaName(version)),
      text.finish({ kind: 'delta', version }, size),
    );
    this.#mayHaveLater = false;
    this.#version = version;
    this.#changedSince += text.entries;
    this.#changedSinceMaintenance += text.entries;
  }

  /**
   * Goes on with a snapshot, or begins one if it is due, and removes what no version from `oldestVersion` on needs.
   *
   * @param size number of keys now
   * @param beginTaking called when a snapshot begins
   */
  async maintain(oldestVersion: number, size: number, beginTaking: () => SnapshotContent): Promise<void> {
    if (this.#writing === undefined && this.#isSnapshotDue(size)) {
      this.#writing = { text: new StateFileText(), content: beginTaking() };
      this.#changedSince = 0;
    }
    const writing = this.#writing;
    if (writing !== undefined) {
      const limit = SNAPSHOT_STEP_ENTRIES + 2 * this.#changedSinceMaintenance;
      const more = await writing.content.take(limit, (key, value) => writing.text.add(key, value));
      if (!more) {
        const snapshot = { from: writing.content.from, version: this.#version };
        const text = writing.text.finish({ kind: 'snapshot', version: snapshot.version }, size);
        await this.#options.files.replace(this.#path(snapshotName(snapshot)), text);
        this.#snapshots.push(snapshot);
        this.#writing = undefined;
      }
    }
    this.#changedSinceMaintenance = 0;
    await this.#removeUnneeded(oldestVersion);
  }

  #begin(version: number): void {
    this.#version = version;
    this.#writing = undefined;
    this.#mayHaveLater = true;
    this.#changedSince = 0;
  }

  #isSnapshotDue(size: number): boolean {
    const versions = this.#version - (this.#snapshots.at(-1)?.version ?? 0);
    const { snapshotInterval } = this.#options;
    if (versions < snapshotInterval) return false;
    return 2 * this.#changedSince >= size || versions >= LONGEST_INTERVALS * snapshotInterval;
  }

  async #removeUnneeded(oldestVersion: number): Promise<void> {
    const base = this.#snapshots.findLast((snapshot) => snapshot.version <= oldestVersion);
    if (base === undefined || base === this.#snapshots[0]) return;
    for (const name of await this.#list()) {
      const [snapshot] = parseSnapshotName(name);
      const unneeded =
        snapshot === undefined ? deltaVersion(name) <= base.from : snapshot.version < base.version;
      if (unneeded) await this.#options.files.remove(this.#path(name));
    }
    this.#snapshots = this.#snapshots.filter((snapshot) => snapshot.version >= base.version);
  }

  /** Removes what batches left that are now run again with other content, newest first: what stays is whole. */
  async #removeFrom(version: number): Promise<void> {
    const names = await this.#list();
    const snapshots = names.flatMap(parseSnapshotName).filter((snapshot) => snapshot.version >= version);
    for (const snapshot of snapshots) await this.#options.files.remove(this.#path(snapshotName(snapshot)));
    const deltas = names.map(deltaVersion).filter((delta) => delta > version);
    for (const delta of deltas.sort((a, b) => b - a)) {
      await this.#options.files.remove(this.#path(deltaName(delta)));
    }
  }

  async #readFile(
    name: string,
    id: Parameters<typeof readStateFile>[2],
    version: number,
    apply: (key: string, value: string | undefined) => void,
  ): Promise<ReturnType<typeof readStateFile>> {
    const file = this.#path(name);
    const text = await this.#options.files.read(file);
    if (text === undefined) {
      throw microBatchErrors.error('MICRO_BATCH_STATE_MISSING', {
        version,
        folder: this.#options.folder,
        file,
      });
    }
    return readStateFile(file, text, id, apply);
  }

  /** Those that versions up to this one can be made of, oldest first. */
  async #listSnapshots(version: number): Promise<Snapshot[]> {
    const snapshots = (await this.#list()).flatMap(parseSnapshotName);
    return snapshots.filter((snapshot) => snapshot.version <= version).sort((a, b) => a.version - b.version);
  }

  #list(): Promise<string[]> {
    return this.#options.files.list(this.#options.folder);
  }

  #path(name: string): string {
    return `${this.#options.folder}/${name}`;
  }
}

const deltaName = (version: number): string => `${version}.delta`;
const snapshotName = ({ from, version }: Snapshot): string => `${from}-${version}.snapshot`;

/** NaN where the name is not one of a delta. */
const deltaVersion = (name: string): number => Number(/^(\d+)\.delta$/.exec(name)?.[1] ?? Number.NaN);

function parseSnapshotName(name: string): Snapshot[] {
  const found = /^(\d+)-(\d+)\.snapshot$/.exec(name);
  return found === null ? [] : [{ from: Number(found[1]), version: Number(found[2]) }];
}
