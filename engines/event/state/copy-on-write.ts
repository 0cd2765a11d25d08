/** An entry that a snapshot may have to remember. Entries under one id form a chain. */
export interface VersionedEntry<Self> {
  /** Kept by the group: which interval between snapshots it last changed in, and whether a snapshot has written it since. */
  version: number;
  next: Self | undefined;
}

/** What a snapshot holds: `full`, all entries; `changes`, those that were changed or removed since the snapshot before. */
export type SnapshotScope = 'full' | 'changes';

/*
 * The version of an entry that last changed in interval v is 2v; 2v + 1 once the snapshot that began interval v has written it and it
 * has not changed since. One number, since there is one for each key.
 */
const REMOVED = 0x3fff_ffff;

/**
 * The entries of one key group, with a snapshot that costs nothing to begin: before an entry from before the snapshot changes,
 * the old one is put aside, once, until the writer has come by. It relies on the order of Map iteration: an id that stays is
 * visited exactly once, whatever is added or removed meanwhile. (The idea of Flink's CopyOnWriteStateMap, per entry and with an undo
 * list in place of versioned tables.)
 *
 * A group that tracks also knows what changed since the last snapshot began, for a snapshot of the changes alone.
 */
export class CopyOnWriteGroup<Id, Entry extends VersionedEntry<Entry>> {
  /** First entry of each chain. */
  readonly chains = new Map<Id, Entry>();
  /** Version of an entry that changes now. */
  #now = 0;
  #tracking: boolean;
  #awaitingWriter = false;
  #scope: SnapshotScope = 'full';
  #preserved: Entry[] = [];
  /** Entries made or changed since the last snapshot began, and those removed. */
  #changed: Entry[] = [];
  #removed: Entry[] = [];
  /** Those of the interval that the snapshot under way covers. */
  #changedBefore: Entry[] = [];
  #removedBefore: Entry[] = [];

  /** @param tracking whether changes are kept for a snapshot of scope `changes` */
  constructor(tracking = false) {
    this.#tracking = tracking;
  }

  /** @param tracking whether changes are kept from here on for the next snapshot */
  beginSnapshot(scope: SnapshotScope, tracking: boolean): void {
    this.#now += 2;
    this.#awaitingWriter = true;
    this.#scope = scope;
    this.#tracking = tracking;
    this.#changedBefore = this.#changed;
    this.#removedBefore = this.#removed;
    this.#changed = [];
    this.#removed = [];
  }

  endSnapshot(): void {
    this.#awaitingWriter = false;
    this.#preserved = [];
    this.#changedBefore = [];
    this.#removedBefore = [];
  }

  /** To be called when a new entry has been put in. */
  added(entry: Entry): void {
    entry.version = this.#now;
    if (this.#tracking) this.#changed.push(entry);
  }

  /** To be called before an entry's value changes in place or is replaced; `copy` gives what the snapshot keeps. */
  beforeChange(entry: Entry, copy: (entry: Entry) => Entry): void {
    if (entry.version === this.#now) return;
    if (this.#isAwaited(entry)) this.#preserved.push(copy(entry));
    entry.version = this.#now;
    if (this.#tracking) this.#changed.push(entry);
  }

  /** To be called before an entry is taken out; it is not put in again. */
  beforeRemove(entry: Entry): void {
    if (entry.version !== this.#now && this.#isAwaited(entry)) this.#preserved.push(entry);
    entry.version = REMOVED;
    if (this.#tracking) this.#removed.push(entry);
  }

  /** Of a snapshot of changes: what was removed in its interval. An id may have been put in again since. */
  get removedEntries(): readonly Entry[] {
    return this.#awaitingWriter && this.#scope === 'changes' ? this.#removedBefore : [];
  }

  /**
   * Gives each entry of the instant of `beginSnapshot`, once, and ends the snapshot of this group; with scope `changes` those alone that changed in
   * its interval. May be paused at any yield.
   */
  *snapshotEntries(): Generator<Entry, void> {
    if (!this.#awaitingWriter) return;
    if (this.#scope === 'changes') {
      for (const entry of this.#changedBefore) {
        if (this.#write(entry)) yield entry;
      }
    } else {
      for (const first of this.chains.values()) {
        // A removed entry keeps its link, so the walk goes on from it even if it left the chain during a pause.
        for (let entry: Entry | undefined = first; entry !== undefined; entry = entry.next) {
          if (this.#write(entry)) yield entry;
        }
      }
    }
    for (const entry of this.#preserved) yield entry;
    this.endSnapshot();
  }

  /** @returns whether it is the writer's to give: unchanged since the instant, and not given yet */
  #write(entry: Entry): boolean {
    if (entry.version >= this.#now) return false;
    entry.version = this.#now + 1;
    return true;
  }

  #isAwaited(entry: Entry): boolean {
    if (!this.#awaitingWriter || entry.version > this.#now) return false;
    return this.#scope === 'full' || entry.version === this.#now - 2;
  }
}
