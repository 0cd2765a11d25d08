/**
 * Everything an observer saw of one run, as columns. Instants are microseconds since the observer's origin, on the monotonic clock.
 * A sample is one input covered for the first time; an output row is one record of the result output that covered something.
 */
export interface Observation {
  readonly sampleSequences: Uint32Array;
  readonly sampleArrivalsUs: Float64Array;
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
