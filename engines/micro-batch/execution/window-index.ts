import type { StateStore } from '../state/index.ts';
import { DueTimes } from './due-times.ts';
import type { OpenWindow } from './key-windows.ts';

/**
 * What is known of the windows of one state partition without reading them: how many there are, and which key's closes
 * next. Found by a scan of the state after a restart, and after a batch that failed.
 */
export class WindowIndex {
  due = new DueTimes();
  count = 0;
  /** The version of the state that this belongs to; undefined: of none. */
  #version: number | undefined;

  /** Brings it to the store as it was loaded, to be changed with it; `committed` says that both were. */
  async open(store: Pick<StateStore<readonly OpenWindow[]>, 'version' | 'scan'>): Promise<void> {
    if (this.#version !== store.version) {
      this.due = new DueTimes();
      this.count = 0;
      await store.scan((key, windows) => {
        this.count += windows.length;
        this.due.set(key, earliestEndMs(windows));
      });
    }
    this.#version = undefined;
  }

  /** Takes note of a key's windows, which were `before` many. */
  replace(key: string, before: number, windows: readonly OpenWindow[]): void {
    this.count += windows.length - before;
    this.due.set(key, earliestEndMs(windows));
  }

  committed(version: number): void {
    this.#version = version;
  }
}

function earliestEndMs(windows: readonly OpenWindow[]): number | undefined {
  let earliest: number | undefined;
  for (const { endMs } of windows) {
    if (endMs !== null && (earliest === undefined || endMs < earliest)) earliest = endMs;
  }
  return earliest;
}
