import {
  createLatencyHistogram,
  type Distribution,
  distributionOf,
  HIGHEST_LATENCY_US,
} from '../../reports/model/index.ts';

/** Latencies in microseconds as a distribution of whole microseconds. Negative ones are recorded as zero and counted. */
export function distributionOfLatencies(latenciesUs: Iterable<number>): {
  distribution: Distribution;
  negative: number;
} {
  const histogram = createLatencyHistogram();
  let negative = 0;
  let outOfRange = 0;
  for (const latencyUs of latenciesUs) {
    if (latencyUs < 0) negative += 1;
    if (latencyUs > HIGHEST_LATENCY_US) outOfRange += 1;
    else histogram.recordValue(Math.max(0, Math.round(latencyUs)));
  }
  return { distribution: distributionOf(histogram, outOfRange), negative };
}
