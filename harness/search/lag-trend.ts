/** Fewer points than this show no trend. */
const FEWEST_BINS = 3;

/**
 * Growth of a pipeline's lag, records a second: least squares over the mean lag of each bin. The mean lag of a stretch is the rate
 * times the mean latency of the inputs that fell due in it (Little's law, 1961), so it needs no sampling, it counts a queue that only some keys
 * have, and it is defined where results are rare, as those of windows are. Beyond capacity it overstates the growth by offered over served,
 * which is 1 where the verdict turns.
 *
 * The mean and not the minimum of a bin, and bins of whole cycles: the lag of an engine that emits by batch or checkpoint is a saw-tooth, whose
 * mean over whole teeth is flat where the engine keeps up, at any phase; its minimum would hide a queue that one of several workers has.
 */
export class LagTrend {
  readonly #ratePerSecond: number;
  readonly #fromMs: number;
  readonly #binMs: number;
  readonly #sumMs: Float64Array;
  readonly #counts: Float64Array;

  /** Bins that would reach beyond `toMs` are left out. */
  constructor(ratePerSecond: number, fromMs: number, toMs: number, binMs: number) {
    this.#ratePerSecond = ratePerSecond;
    this.#fromMs = fromMs;
    this.#binMs = binMs;
    const bins = Math.max(0, Math.floor((toMs - fromMs) / binMs));
    this.#sumMs = new Float64Array(bins);
    this.#counts = new Float64Array(bins);
  }

  add(dueMs: number, latencyMs: number): void {
    const bin = Math.floor((dueMs - this.#fromMs) / this.#binMs);
    if (bin < 0 || bin >= this.#counts.length) return;
    this.#sumMs[bin] = (this.#sumMs[bin] as number) + latencyMs;
    this.#counts[bin] = (this.#counts[bin] as number) + 1;
  }

  /** Null where fewer than three bins hold an input. */
  slopePerSecond(): number | null {
    const points: { readonly second: number; readonly lag: number }[] = [];
    this.#counts.forEach((count, bin) => {
      if (count === 0) return;
      const meanLatencyMs = (this.#sumMs[bin] as number) / count;
      points.push({
        second: (bin * this.#binMs) / 1_000,
        lag: (this.#ratePerSecond * meanLatencyMs) / 1_000,
      });
    });
    if (points.length < FEWEST_BINS) return null;
    const meanSecond = points.reduce((sum, { second }) => sum + second, 0) / points.length;
    const meanLag = points.reduce((sum, { lag }) => sum + lag, 0) / points.length;
    let covariance = 0;
    let variance = 0;
    for (const { second, lag } of points) {
      covariance += (second - meanSecond) * (lag - meanLag);
      variance += (second - meanSecond) ** 2;
    }
    return covariance / variance;
  }
}

/** The shortest bin of at least a second that holds whole cycles of a checkpoint or trigger, milliseconds. */
export function binOfWholeCycles(cycleMs: number): number {
  return cycleMs <= 0 ? 1_000 : cycleMs * Math.ceil(1_000 / cycleMs);
}
