import type { StateStore } from '../state/index.ts';
import { DueTimes } from './due-times.ts';
import type { Bucket } from './join-buffer.ts';

/** What is known of all buckets of one side in one state partition. */
export interface JoinIndex {
  /** The earliest row of each bucket. */
  readonly due: DueTimes;
  /** Rows in all buckets. */
  rows: number;
}

/**
 * Keeps an index in memory from batch to batch, so that none has to look at the whole state for what it may drop.
 * After a restart, and after a batch that failed, a scan makes it anew.
 */
export class JoinIndexKeeper {
  #index: JoinIndex = { due: new DueTimes(), rows: 0 };
  /** The version of the state that it belongs to; undefined: of none. */
  #version: number | undefined;

  /** That of the store as it was loaded, to be changed with it; `committed` says that both were. */
  async open(store: Pick<StateStore<Bucket>, 'version' | 'scan'>): Promise<JoinIndex> {
    if (this.#version !== store.version) {
      const found = { due: new DueTimes(), rows: 0 };
      await store.scan((name, bucket) => {
        found.due.set(name, bucket[0]?.timeMs);
        found.rows += bucket.length;
      });
      this.#index = found;
    }
    this.#version = undefined;
    return this.#index;
  }

  committed(version: number): void {
    this.#version = version;
  }
}
