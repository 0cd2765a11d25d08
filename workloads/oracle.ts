/** What an output record is, in the light of the log. */
export type OutputVerdict =
  /** Right, and the first to cover at least one input. */
  | { readonly kind: 'covers' }
  /** Right, but covers nothing new: a duplicate. */
  | { readonly kind: 'repeat' }
  /** Right, and without a latency sample: late record, dead letter, window of a sentinel. */
  | { readonly kind: 'unmeasured' }
  /** Not what the log calls for. */
  | { readonly kind: 'wrong'; readonly reason: string };

/**
 * The only right answer, as a pure function of the log. It is fed every output in the order seen (per key) and says of each what it is.
 * Every input that should lead to an output gets exactly one sample, on every engine.
 */
export interface Oracle {
  /** Number of latency samples that a right and complete output gives. */
  readonly expectedSamples: number;
  readonly expectedLateRecords: number;
  readonly expectedDeadLetters: number;
  /** The input whose due instant starts each sample's clock, one entry a sample: for warm-up and missing-sample accounting. */
  readonly sampleSequences: Uint32Array;
  /**
   * @param output logical output: `output`, `late` or `dead-letter`
   * @param value the record's value, UTF-8; valid during the call only
   * @param cover called with the sequence number of each input newly covered (for a window: its ideal instant's input)
   */
  observe(output: string, value: Uint8Array, cover: (sequence: number) => void): OutputVerdict;
  /** Samples, side-output records and dead letters not seen yet. */
  missing(): { readonly samples: number; readonly lateRecords: number; readonly deadLetters: number };
}
