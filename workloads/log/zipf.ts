const RANGE = 0x1_0000_0000;
const GUIDE_BITS = 16;

/**
 * Draws ranks 0 to count - 1 with probability proportional to 1 / (rank + 1)^exponent, by inverting the cumulative distribution
 * (Devroye 1986, III.2) with a guide table (Chen and Asau 1974), so a draw costs the same for ten keys and for a million. The
 * thresholds are 32-bit whole numbers: a last-digit difference in `Math.pow` does not reach the ranks.
 */
export class Zipf {
  /** thresholds[rank]: the smallest draw that is beyond this rank. */
  readonly #thresholds: Float64Array;
  readonly #guide: Uint32Array;

  constructor(count: number, exponent: number) {
    const cumulative = new Float64Array(count);
    let total = 0;
    for (let rank = 0; rank < count; rank += 1) {
      total += (rank + 1) ** -exponent;
      cumulative[rank] = total;
    }
    this.#thresholds = cumulative.map((weight) => Math.round((weight / total) * RANGE));
    this.#thresholds[count - 1] = RANGE;
    this.#guide = new Uint32Array(1 << GUIDE_BITS);
    let rank = 0;
    for (let slot = 0; slot < this.#guide.length; slot += 1) {
      const lowest = slot * 2 ** (32 - GUIDE_BITS);
      while ((this.#thresholds[rank] as number) <= lowest) rank += 1;
      this.#guide[slot] = rank;
    }
  }

  /** @param uint32 a uniform draw, 0 to 2^32 - 1 */
  rank(uint32: number): number {
    let low = this.#guide[uint32 >>> (32 - GUIDE_BITS)] as number;
    const slot = (uint32 >>> (32 - GUIDE_BITS)) + 1;
    let high = slot < this.#guide.length ? (this.#guide[slot] as number) : this.#thresholds.length - 1;
    while (low < high) {
      const middle = (low + high) >>> 1;
      if ((this.#thresholds[middle] as number) <= uint32) low = middle + 1;
      else high = middle;
    }
    return low;
  }
}
