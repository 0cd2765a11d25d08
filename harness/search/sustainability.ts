import type { ProbeFigures } from './probe-figures.ts';

/** What the latency must keep: at most 100 - `percentile` % of the inputs may be later than the limit. */
export interface Slo {
  /** Percent: 50, 90, 99 or 99.9. */
  readonly percentile: number;
  readonly limitMs: number;
}

/** Beyond these a rate is not sustainable. Source: Theodolite's lag trend (Henning and Hasselbring 2022), with a bounded drain. */
const SUSTAINABILITY_LIMITS = { lagSlopeShare: 0.01, drainMs: 5_000 } as const;

/** Why a rate is not sustainable, in words; empty where it is. */
export function reasonsAgainst(figures: ProbeFigures, slo: Slo): string[] {
  const reasons: string[] = [];
  const { ratePerSecond, samples, lateSamples, lagSlopePerSecond, drainMs } = figures;
  // In whole thousandths: 100 - 99.9 is a little less than 0.1.
  const allowed = Math.floor((Math.round(1_000 - 10 * slo.percentile) * samples) / 1_000);
  if (lateSamples > allowed) {
    reasons.push(`${lateSamples} of ${samples} inputs took over ${slo.limitMs} ms, ${allowed} may`);
  }
  const steepest = SUSTAINABILITY_LIMITS.lagSlopeShare * ratePerSecond;
  if (lagSlopePerSecond !== null && lagSlopePerSecond > steepest) {
    reasons.push(`the lag grew by ${whole(lagSlopePerSecond)} records/s, ${whole(steepest)} may`);
  }
  if (drainMs > SUSTAINABILITY_LIMITS.drainMs) {
    reasons.push(`the end took ${whole(drainMs)} ms to drain, ${SUSTAINABILITY_LIMITS.drainMs} ms it may`);
  }
  return reasons;
}

function whole(value: number): string {
  return String(Math.round(value));
}
