/** When batches begin, after the triggers of Spark. */
export type Trigger =
  /** On the grid of the interval (semantics B16); 0 runs batches back to back and asks for input by a timer while there is none. */
  | { readonly kind: 'processing-time'; readonly intervalMs: number }
  /** All that is there at the start, in as many batches as the rate limit makes of it, then the query ends (semantics B17). */
  | { readonly kind: 'available-now' }
  /** All that is there at the start in one batch, whatever the limits, then the query ends. */
  | { readonly kind: 'once' }
  /**
   * Batches back to back while input flows, and one as soon as something arrives while none does. Spark's real-time mode is for queries without state
   * alone; this one is for all.
   */
  | {
      readonly kind: 'low-latency';
      /** Between two batches input gathers as long as a record that comes at the worst moment still is through in this time. */
      readonly targetLatencyMs: number;
      /** As soon as so many records have gathered a batch begins. */
      readonly lingerRecords: number;
      /** While there is no input: the longest wait of one fetch. */
      readonly maxWaitMs: number;
    };

/** What a batch may take of the input. */
export type Intake<End> =
  /** Up to where the inputs end now, within the limits. */
  | { readonly kind: 'latest' }
  /** The same of what was fetched already, without asking for the inputs' ends and without a minimum. */
  | { readonly kind: 'arrived' }
  /** Up to ends that were fixed before, within the maximum of a batch; not delayed for a minimum. */
  | { readonly kind: 'until'; readonly end: End }
  /** Up to where the inputs end now, whatever the limits. */
  | { readonly kind: 'all' };
