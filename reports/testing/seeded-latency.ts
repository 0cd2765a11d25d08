import { xoroshiro128plus } from 'pure-rand/generator/xoroshiro128plus';
import { createLatencyHistogram, type Distribution, distributionOf } from '../model/index.ts';

/** Draws invented latencies, the same ones for the same seed: for tests of the reports only. */
export class SeededLatency {
  readonly #generator: ReturnType<typeof xoroshiro128plus>;

  constructor(seed: number) {
    this.#generator = xoroshiro128plus(seed);
  }

  /** Uniform in [0, 1). */
  uniform(): number {
    return (this.#generator.next() >>> 0) / 2 ** 32;
  }

  /** Log-normal around a median, integer microseconds. */
  latencyUs(medianUs: number, spread: number): number {
    const normal = Math.sqrt(-2 * Math.log(1 - this.uniform())) * Math.cos(2 * Math.PI * this.uniform());
    return Math.round(medianUs * Math.exp(spread * normal));
  }

  distribution(count: number, draw: () => number): Distribution {
    const histogram = createLatencyHistogram();
    for (let i = 0; i < count; i++) histogram.recordValue(draw());
    return distributionOf(histogram);
  }
}
