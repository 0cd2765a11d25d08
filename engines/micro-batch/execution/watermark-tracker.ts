/** Which of several watermarks counts: Spark's spark.sql.streaming.multipleWatermarkPolicy. */
export type WatermarkPolicy = 'min' | 'max';

/**
 * The watermark of a query with one or several watermark nodes, after WatermarkTracker of Spark (semantics B1). Each
 * has its own, 0 until it saw rows; by the policy the least or the greatest of them counts, and what counts never
 * falls. After a restart only that is known, so one that was ahead of it has to get there again.
 */
export class WatermarkTracker {
  readonly #policy: WatermarkPolicy;
  readonly #watermarksMs: number[];

  /** @param nodes how many watermark nodes there are */
  constructor(policy: WatermarkPolicy, nodes: number) {
    this.#policy = policy;
    this.#watermarksMs = new Array<number>(nodes).fill(Number.NEGATIVE_INFINITY);
  }

  /** A node's greatest event time of a batch, less its delay. */
  advance(node: number, watermarkMs: number): void {
    this.#watermarksMs[node] = Math.max(this.#watermarksMs[node] as number, watermarkMs);
  }

  /** The watermark of the next batch, which is not below that of the one before it. */
  next(currentMs: number): number {
    if (this.#watermarksMs.length === 0) return currentMs;
    const known = this.#watermarksMs.map((each) => (each === Number.NEGATIVE_INFINITY ? 0 : each));
    return Math.max(currentMs, this.#policy === 'min' ? Math.min(...known) : Math.max(...known));
  }
}
