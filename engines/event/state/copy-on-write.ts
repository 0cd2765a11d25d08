/** An entry that a snapshot may have to remember. Entries under one id form a chain. */
export interface VersionedEntry<Self> {
  /** The group's version when the entry was last made, changed or written to a snapshot. */
  version: number;
  next: Self | undefined;
}

/**
 * The entries of one key group, with a snapshot that costs nothing to begin: before an entry from before the snapshot changes,
 * the old one is put aside, once, until the writer has come by. It relies on the order of Map iteration: an id that stays is
 * visited exactly once, whatever is added or removed meanwhile. (The idea of Flink's CopyOnWriteStateMap, per entry and with an undo
 * list in place of versioned tables.)
 */
export class CopyOnWriteGroup<Id, Entry extends VersionedEntry<Entry>> {
  /** First entry of each chain. */
  readonly chains = new Map<Id, Entry>();
  #version = 0;
  #awaitingWriter = false;
  #preserved: Entry[] = [];

  get version(): number {
    return this.#version;
  }

  beginSnapshot(): void {
    this.#version += 1;
    this.#awaitingWriter = true;
  }

  endSnapshot(): void {
    this.#awaitingWriter = false;
    this.#preserved = [];
  }

  /** To be called before an entry's value changes in place, is replaced or is removed; `copy` gives what the snapshot keeps. */
  beforeChange(entry: Entry, copy: (entry: Entry) => Entry): void {
    if (entry.version === this.#version) return;
    if (this.#awaitingWriter) this.#preserved.push(copy(entry));
    entry.version = this.#version;
  }

  /** Gives each entry of the instant of `beginSnapshot`, once, and ends the snapshot of this group. May be paused at any yield. */
  *snapshotEntries(): Generator<Entry, void> {
    if (!this.#awaitingWriter) return;
    for (const first of this.chains.values()) {
      // A removed entry keeps its link, so the walk goes on from it even if it left the chain during a pause.
      for (let entry: Entry | undefined = first; entry !== undefined; entry = entry.next) {
        if (entry.version === this.#version) continue;
        entry.version = this.#version;
        yield entry;
      }
    }
    for (const entry of this.#preserved) yield entry;
    this.endSnapshot();
  }
}
