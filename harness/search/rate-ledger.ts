import type { SustainStep } from '../../reports/model/index.ts';

type Verdict = SustainStep['verdict'];

interface RateRecord {
  readonly ratePerSecond: number;
  holds: number;
  fails: number;
  driver: number;
  latest: Verdict;
}

/** The lowest rate that does not hold. */
export interface UpperBound {
  readonly ratePerSecond: number;
  readonly by: 'engine' | 'driver';
  /** Whether the rate has had its second chance. */
  readonly final: boolean;
}

/** The highest rate that holds, and how often it has held. */
export interface LowerBound {
  readonly ratePerSecond: number;
  readonly holds: number;
}

/**
 * What the probes have said of each rate, and the bracket that follows. A rate stands as its latest verdict says. It is refused for good
 * once it has not held twice, or has failed after it had held.
 */
export class RateLedger {
  readonly #rates = new Map<number, RateRecord>();

  record(ratePerSecond: number, verdict: Verdict): void {
    const known = this.#rates.get(ratePerSecond);
    const rate = known ?? { ratePerSecond, holds: 0, fails: 0, driver: 0, latest: verdict };
    rate[verdict] += 1;
    rate.latest = verdict;
    this.#rates.set(ratePerSecond, rate);
  }

  /** Null while no rate stands as one that does not hold. */
  upper(): UpperBound | null {
    let lowest: RateRecord | null = null;
    for (const rate of this.#rates.values()) {
      if (rate.latest === 'holds') continue;
      if (lowest === null || rate.ratePerSecond < lowest.ratePerSecond) lowest = rate;
    }
    if (lowest === null) return null;
    const { ratePerSecond, holds, fails, driver } = lowest;
    return {
      ratePerSecond,
      by: fails > 0 ? 'engine' : 'driver',
      final: fails + driver > 1 || (fails > 0 && holds > 0),
    };
  }

  /** Null while no rate stands as one that holds. */
  lower(): LowerBound | null {
    let highest: RateRecord | null = null;
    for (const rate of this.#rates.values()) {
      if (rate.latest !== 'holds') continue;
      if (highest === null || rate.ratePerSecond > highest.ratePerSecond) highest = rate;
    }
    return highest;
  }
}
