import { type ProbeFigures, probeFigures } from '../probe-figures.ts';
import type { Slo } from '../sustainability.ts';

const BASE_LATENCY_MS = 5;
const SERVICE_MS = 2;
const SAMPLES = 4_000;
/** Coprime to SAMPLES: it scatters the quantiles evenly over time. */
const STRIDE = 1_597;
const FROM_MS = 3_000;
const TO_MS = 9_000;
const LONGEST_MEAN_MS = 60_000;

/**
 * What a probe of a single server measures. Below its capacity it is an M/M/1 queue in equilibrium, whose sojourn time is exponential with
 * mean service / (1 - utilisation); above it the queue also grows by the excess. Samples stand at evenly spaced quantiles: nothing is random.
 */
export function probeServer(capacityPerSecond: number, ratePerSecond: number, slo: Slo): ProbeFigures {
  const utilisation = ratePerSecond / capacityPerSecond;
  const meanMs = utilisation < 1 ? SERVICE_MS / (1 - utilisation) : LONGEST_MEAN_MS;
  const excess = Math.max(0, utilisation - 1);
  const dueMs = (index: number): number => (index * TO_MS) / SAMPLES;
  const sojournMs = (index: number): number =>
    -Math.min(meanMs, LONGEST_MEAN_MS) * Math.log(1 - (((index * STRIDE) % SAMPLES) + 0.5) / SAMPLES);
  return probeFigures(
    {
      count: SAMPLES,
      startedMs: dueMs,
      dueMs,
      seenMs: (index) => dueMs(index) * (1 + excess) + BASE_LATENCY_MS + sojournMs(index),
    },
    { ratePerSecond, fromMs: FROM_MS, toMs: TO_MS, binMs: 1_000, limitMs: slo.limitMs },
  );
}

/** The share of its capacity at which the server's percentile reaches the limit, in closed form. */
export function sustainableShare({ percentile, limitMs }: Slo): number {
  const tail = Math.log(100 / (100 - percentile));
  return 1 - (SERVICE_MS * tail) / (limitMs - BASE_LATENCY_MS);
}
