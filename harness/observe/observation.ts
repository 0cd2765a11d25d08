/**
 * Everything an observer saw of one run, as columns. Instants are microseconds since the observer's origin, on the monotonic clock.
 * A sample is one input covered for the first time; an output row is one record of the result output that covered something.
 */
export interface Observation {
  readonly sampleSequences: Uint32Array;
  /** When the first output that covers the sample became visible to the observer. */
  readonly sampleArrivalsUs: Float64Array;
  /**
   * When that output was emitted: its create time, set by the engine's client in whole milliseconds, so up to half of one off either way.
   * Null where stages were not asked for.
   */
  readonly sampleEmittedUs: Float64Array | null;
  /**
   * When any reader, committed or not, first received that output: never after its arrival. Null where stages were not asked for, or
   * where outputs are visible as soon as they are appended.
   */
  readonly sampleAppendedUs: Float64Array | null;
  /** Newest input that each covering output covered, and when it arrived. */
  readonly outputNewestSequences: Uint32Array;
  readonly outputArrivalsUs: Float64Array;
  readonly tally: ObservedTally;
}

export interface ObservedTally {
  /** Records read from all outputs. */
  readonly outputs: number;
  readonly covered: number;
  readonly repeats: number;
  readonly wrong: number;
  /** The first few verdicts of `wrong`, in words. */
  readonly reasons: readonly string[];
  readonly missing: { readonly samples: number; readonly lateRecords: number; readonly deadLetters: number };
}

/** Latency of the samples whose clock started in one second of the schedule, as far as they are covered by now. */
export interface SecondSummary {
  /** From the start of the schedule, by due instant: 0 is the first. */
  readonly second: number;
  /** Samples that start in it; it is complete when `samples` reaches it. */
  readonly expected: number;
  readonly samples: number;
  /** Nearest rank to three digits; null while there are no samples. */
  readonly p50Us: number | null;
  readonly p99Us: number | null;
  readonly maxUs: number | null;
}
