import { limitBatch } from './rate-limit.ts';

/** How much a batch takes of one source. */
export interface AdmissionLimits {
  /** 0 is unlimited. */
  readonly maxRecords: number;
  /** A batch waits until there is so much; 0 does not wait. */
  readonly minRecords: number;
  /** The longest wait for `minRecords` since the last batch that took something. */
  readonly maxDelayMs: number;
}

/** What kept records back: `rate-limit` is back-pressure, `minimum` a wait for more. */
export type Admission = 'all' | 'rate-limit' | 'minimum';

export interface AdmittedRange {
  /** Where the batch ends. Next offsets per partition. */
  readonly to: readonly number[];
  readonly admission: Admission;
  /** Records that are there and stay for later batches. */
  readonly backlog: number;
}

/**
 * Admission control of one source: KafkaMicroBatchStream.latestOffset of Spark with its minOffsetsPerTrigger, maxTriggerDelay and
 * maxOffsetsPerTrigger. As there, the wait is counted from the start of the epoch at first, so the first batch of a start never waits.
 */
export class AdmissionControl {
  readonly #limits: AdmissionLimits;
  #lastBatchMs = 0;

  constructor(limits: AdmissionLimits) {
    this.#limits = limits;
  }

  /** Under a clock that asks at each trigger. Takes nothing while it waits for the minimum. */
  admit(from: readonly number[], available: readonly number[], nowMs: number): AdmittedRange {
    const { minRecords, maxDelayMs } = this.#limits;
    const waiting = recordsBetween(from, available);
    if (minRecords > 0 && waiting < minRecords && nowMs - this.#lastBatchMs < maxDelayMs) {
      return { to: from, admission: waiting > 0 ? 'minimum' : 'all', backlog: waiting };
    }
    this.#lastBatchMs = nowMs;
    return this.limit(from, available);
  }

  /** By the maximum alone. */
  limit(from: readonly number[], available: readonly number[]): AdmittedRange {
    const to = limitBatch(from, available, this.#limits.maxRecords);
    const backlog = recordsBetween(to, available);
    return { to, admission: backlog > 0 ? 'rate-limit' : 'all', backlog };
  }
}

/** Of all partitions together; one that ends before it begins counts nothing. */
export function recordsBetween(from: readonly number[], to: readonly number[]): number {
  return to.reduce((total, end, partition) => total + Math.max(0, end - (from[partition] as number)), 0);
}
