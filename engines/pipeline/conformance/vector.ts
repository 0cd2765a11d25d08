/** What one golden vector says about an engine. A vector that an engine cannot express is named with its reason, never counted as passed. */
export type VectorOutcome =
  | { readonly outcome: 'passed' }
  | { readonly outcome: 'failed'; readonly expected: unknown; readonly actual: unknown }
  | { readonly outcome: 'not-applicable'; readonly reason: string };

/**
 * Runs one case (one parsed line of a vector file) through an engine's real operators. Throws PIPELINE_VECTOR_INVALID for a case
 * that is not of the file's format.
 */
type VectorRunner = (vectorCase: unknown) => VectorOutcome | Promise<VectorOutcome>;

/** Runners of one engine by the base name of the vector file, without `.jsonl`. */
export type VectorRunners = Readonly<Record<string, VectorRunner>>;
