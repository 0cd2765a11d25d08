/** Weight of the newest batch in the mean of what a batch takes. */
const NEWEST_WEIGHT = 0.2;

/**
 * How long input may gather between two batches. The record that waits longest comes just after a batch took its input: it waits for that batch, for
 * the gathering and for its own batch. So what the target leaves over beside two batches is for gathering, and where batches alone take as
 * long as the target they run back to back.
 */
export class BatchPace {
  readonly #targetLatencyMs: number;
  #meanBatchMs: number | undefined;

  constructor(targetLatencyMs: number) {
    this.#targetLatencyMs = targetLatencyMs;
  }

  /** Hears of each batch, with the housekeeping after it. */
  took(milliseconds: number): void {
    const mean = this.#meanBatchMs ?? milliseconds;
    this.#meanBatchMs = mean + NEWEST_WEIGHT * (milliseconds - mean);
  }

  get lingerMs(): number {
    return Math.max(0, this.#targetLatencyMs - 2 * (this.#meanBatchMs ?? 0));
  }
}
