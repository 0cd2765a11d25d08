import {
  createLatencyHistogram,
  type Distribution,
  distributionOf,
  HIGHEST_LATENCY_US,
} from '../../reports/model/index.ts';

/** The generator's own lag, record by record, in whole microseconds. */
export class LagRecorder {
  readonly #histogram = createLatencyHistogram();
  #outOfRange = 0;

  /** @param lagUs actual send minus due; never negative, since nothing is sent before it is due */
  record(lagUs: number): void {
    const rounded = Math.round(lagUs);
    if (rounded > HIGHEST_LATENCY_US) this.#outOfRange += 1;
    else this.#histogram.recordValue(rounded);
  }

  distribution(): Distribution {
    return distributionOf(this.#histogram, this.#outOfRange);
  }
}
