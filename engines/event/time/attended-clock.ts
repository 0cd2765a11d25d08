/**
 * Time during which the stream was attended to (Flink's PausableRelativeClock, which stands still under back-pressure): between two readings at
 * most `longestGapMs` goes by. Who reads it at every tick but those at which the stream is held up sees that time left out.
 */
export class AttendedClock {
  readonly #nowMs: () => number;
  readonly #longestGapMs: number;
  #readAtMs: number;
  #attendedMs = 0;

  constructor(nowMs: () => number, longestGapMs: number) {
    this.#nowMs = nowMs;
    this.#longestGapMs = longestGapMs;
    this.#readAtMs = nowMs();
  }

  nowMs(): number {
    const readAtMs = this.#nowMs();
    this.#attendedMs += Math.min(Math.max(0, readAtMs - this.#readAtMs), this.#longestGapMs);
    this.#readAtMs = readAtMs;
    return this.#attendedMs;
  }
}
