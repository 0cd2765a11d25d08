import type { Row } from '../../pipeline/index.ts';
import { ENTRY, type Entry } from './entry.ts';
import type { RawRecord } from './row-layout.ts';

/** What stands in a channel's fields after an entry was taken. */
export interface ChannelEntry {
  readonly key: string | number;
  readonly row: Row;
  readonly timestampMs: number;
  readonly raw: RawRecord | undefined;
  readonly source: number;
  readonly watermarkMs: number;
  readonly checkpointId: number;
}

/** An entry that was taken out of its channel and waits to be processed. */
export interface WaitingEntry extends ChannelEntry {
  readonly kind: Entry;
}

/**
 * What waited in a channel when a barrier overtook it (unaligned checkpoints; Flink's ChannelStateWriter): taken out of the ring at once,
 * so that the barrier behind it is found, and processed later in its order.
 */
export class OvertakenChannel {
  readonly #entries: WaitingEntry[] = [];
  #next = 0;
  #recorded: WaitingEntry[] = [];
  #awaitsBarrier = false;

  /** @param entries that wait already */
  constructor(entries: readonly WaitingEntry[] = []) {
    for (const entry of entries) this.#entries.push(entry);
  }

  /** Whether the overtaking barrier's own one has not arrived yet: what arrives before it is collected. */
  get awaitsBarrier(): boolean {
    return this.#awaitsBarrier;
  }

  get waiting(): number {
    return this.#entries.length - this.#next;
  }

  /** What the barrier overtook, in order; whole when it is not awaited any more. */
  get recorded(): readonly WaitingEntry[] {
    return this.#recorded;
  }

  /** A barrier overtakes what waits, and what is collected until it arrives. */
  beginOvertaking(): void {
    this.#awaitsBarrier = true;
    this.#recorded = this.#entries.slice(this.#next);
  }

  /** Takes out all that has arrived, up to the barrier. */
  collect(channel: ChannelEntry & { next(): Entry }): void {
    while (this.#awaitsBarrier) {
      const kind = channel.next();
      if (kind === ENTRY.none) {
        return;
      }
      if (kind === ENTRY.barrier) {
        this.#awaitsBarrier = false;
        return;
      }
      const { key, row, timestampMs, raw, source, watermarkMs, checkpointId } = channel;
      const entry = { kind, key, row, timestampMs, raw, source, watermarkMs, checkpointId };
      this.#entries.push(entry);
      this.#recorded.push(entry);
    }
  }

  /** The next entry to process; undefined if nothing waits. */
  take(): WaitingEntry | undefined {
    const entry = this.#entries[this.#next];
    if (entry === undefined) {
      this.#entries.length = 0;
      this.#next = 0;
      return undefined;
    }
    this.#next++;
    return entry;
  }

  /** The checkpoint has what it needs. */
  endOvertaking(): void {
    this.#recorded = [];
  }
}
