import type { Row } from '../../pipeline/index.ts';
import type { PendingEntry, PendingQueue, PendingRow } from './pending-queue.ts';

/** Entries leave in the order in which they came (Flink's OrderedStreamElementQueue). */
export class OrderedQueue implements PendingQueue {
  readonly #entries: PendingEntry[] = [];
  #rows = 0;

  get rows(): number {
    return this.#rows;
  }

  get isEmpty(): boolean {
    return this.#entries.length === 0;
  }

  add(entry: PendingEntry): void {
    if (entry.kind === 'row') this.#rows++;
    this.#entries.push(entry);
  }

  complete(row: PendingRow, results: readonly Row[]): void {
    row.results = results;
  }

  take(): PendingEntry | undefined {
    const head = this.#entries[0];
    if (head === undefined) return undefined;
    if (head.kind === 'row') {
      if (head.results === undefined) return undefined;
      this.#rows--;
    }
    return this.#entries.shift();
  }

  entries(): readonly PendingEntry[] {
    return [...this.#entries];
  }
}
