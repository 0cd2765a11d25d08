import {
  createLatencyHistogram,
  type Distribution,
  distributionOf,
  HIGHEST_LATENCY_US,
} from '../../reports/model/index.ts';

/** Three significant digits: values below 2^11 have a bucket each, and each octave above has 2^10 of them. */
const HALF_BITS = 10;
const LOWEST_OCTAVE = 2 ** (HALF_BITS + 1) - 1;
const BUCKETS = indexOf(HIGHEST_LATENCY_US) + 1;

/**
 * Counts of latencies in the buckets of the model's HDR histogram, in some 5 ns a value where the histogram's own `recordValue` takes 100:
 * the bucket is found by counting leading zeros. Becomes that histogram bucket by bucket, so its distribution is the same.
 * Bucket layout: Gil Tene's HdrHistogram, https://github.com/HdrHistogram/HdrHistogram.
 */
export class LatencyCounts {
  readonly #counts = new Uint32Array(BUCKETS);
  #inRange = 0;
  #outOfRange = 0;
  #negative = 0;
  #maxUs = Number.NEGATIVE_INFINITY;

  /** Microseconds, rounded to whole ones. Negative ones count as zero, those above the histogram's range as out of range. */
  record(latencyUs: number): void {
    if (latencyUs > this.#maxUs) this.#maxUs = latencyUs;
    if (latencyUs > HIGHEST_LATENCY_US) {
      this.#outOfRange += 1;
      return;
    }
    if (latencyUs < 0) this.#negative += 1;
    const index = latencyUs < 0 ? 0 : indexOf(Math.round(latencyUs));
    this.#counts[index] = (this.#counts[index] as number) + 1;
    this.#inRange += 1;
  }

  /** Values recorded, those out of range included. */
  get count(): number {
    return this.#inRange + this.#outOfRange;
  }

  get negative(): number {
    return this.#negative;
  }

  /** The largest value as it was recorded; null for none. */
  get maxUs(): number | null {
    return this.count === 0 ? null : this.#maxUs;
  }

  /**
   * The smallest value with at least that share of all values at or below it (nearest rank), to three digits; for one out of range the
   * largest recorded. Null for no values.
   *
   * @param share 0 to 1
   */
  quantileUs(share: number): number | null {
    if (this.count === 0) return null;
    const rank = Math.max(1, Math.ceil(this.count * share));
    let seen = 0;
    for (let index = 0; index < BUCKETS; index += 1) {
      seen += this.#counts[index] as number;
      if (seen >= rank) return highestOf(index);
    }
    return this.#maxUs;
  }

  distribution(): Distribution {
    const histogram = createLatencyHistogram();
    for (let index = 0; index < BUCKETS; index += 1) {
      const count = this.#counts[index] as number;
      if (count > 0) histogram.recordValueWithCount(lowestOf(index), count);
    }
    return distributionOf(histogram, this.#outOfRange);
  }
}

/** @param value a whole number from 0 to HIGHEST_LATENCY_US */
function indexOf(value: number): number {
  const octave = 31 - HALF_BITS - Math.clz32(value | LOWEST_OCTAVE);
  return (octave << HALF_BITS) + (value >>> octave);
}

function octaveOf(index: number): number {
  return Math.max(0, (index >>> HALF_BITS) - 1);
}

function lowestOf(index: number): number {
  const octave = octaveOf(index);
  return (index - (octave << HALF_BITS)) << octave;
}

function highestOf(index: number): number {
  return lowestOf(index) + 2 ** octaveOf(index) - 1;
}
