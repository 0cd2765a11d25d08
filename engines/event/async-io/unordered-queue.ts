import type { Row } from '../../pipeline/index.ts';
import type { PendingControl, PendingEntry, PendingQueue, PendingRow } from './pending-queue.ts';

/** The rows between two watermarks, and the watermark that ends them. */
interface Segment {
  readonly waiting: Set<PendingRow>;
  readonly completed: PendingRow[];
  end: PendingControl | undefined;
}

/** Rows leave as their results come, but never across a watermark or a change of status (Flink's UnorderedStreamElementQueue). */
export class UnorderedQueue implements PendingQueue {
  readonly #segments: Segment[] = [emptySegment()];
  readonly #segmentOf = new Map<PendingRow, Segment>();

  get rows(): number {
    return this.#segmentOf.size;
  }

  get isEmpty(): boolean {
    return this.#segments.length === 1 && this.#segmentOf.size === 0;
  }

  add(entry: PendingEntry): void {
    const last = this.#segments.at(-1) as Segment;
    if (entry.kind !== 'row') {
      last.end = entry;
      this.#segments.push(emptySegment());
      return;
    }
    this.#segmentOf.set(entry, last);
    last.waiting.add(entry);
  }

  complete(row: PendingRow, results: readonly Row[]): void {
    row.results = results;
    const segment = this.#segmentOf.get(row) as Segment;
    segment.waiting.delete(row);
    segment.completed.push(row);
  }

  take(): PendingEntry | undefined {
    const first = this.#segments[0] as Segment;
    const row = first.completed.shift();
    if (row !== undefined) {
      this.#segmentOf.delete(row);
      return row;
    }
    if (first.waiting.size > 0 || first.end === undefined) return undefined;
    this.#segments.shift();
    return first.end;
  }

  entries(): readonly PendingEntry[] {
    return this.#segments.flatMap(({ completed, waiting, end }) => [
      ...completed,
      ...waiting,
      ...(end === undefined ? [] : [end]),
    ]);
  }
}

function emptySegment(): Segment {
  return { waiting: new Set(), completed: [], end: undefined };
}
