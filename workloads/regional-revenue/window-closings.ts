import { WATERMARK_DELAY_MS, WINDOW_MS, windowStartMs } from './event-time.ts';

/** A record that was the first of its partition to pass all window ends up to this one. */
interface Crossing {
  readonly endMs: number;
  readonly sequence: number;
}

/**
 * The input that lets a perfect engine close a window: of every partition the first record at or past window end + delay, and of
 * these the last. With bounded out-of-orderness (Flink: maximum - delay - 1) that very record brings the watermark to end - 1.
 */
export class WindowClosings {
  readonly #crossings: readonly Crossing[][];
  readonly #known = new Map<number, number>();

  constructor(partitions: number) {
    this.#crossings = Array.from({ length: partitions }, () => []);
  }

  /** Called for each record in time, in the log's order. */
  add(partition: number, timeMs: number, sequence: number): void {
    const crossings = this.#crossings[partition] as Crossing[];
    const endMs = windowStartMs(timeMs - WATERMARK_DELAY_MS);
    const last = crossings.at(-1);
    if (last === undefined || endMs > last.endMs) crossings.push({ endMs, sequence });
  }

  /** Sequence number of the closing record; undefined if the log does not close the window. Asked for when the log is complete. */
  closingSequence(startMs: number): number | undefined {
    const endMs = startMs + WINDOW_MS;
    const known = this.#known.get(endMs);
    if (known !== undefined) return known;
    let latest = 0;
    for (const crossings of this.#crossings) {
      const crossing = crossings.find((candidate) => candidate.endMs >= endMs);
      if (crossing === undefined) return undefined;
      latest = Math.max(latest, crossing.sequence);
    }
    this.#known.set(endMs, latest);
    return latest;
  }
}
