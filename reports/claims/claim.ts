import type { ClaimEvidence } from './claim-evidence.ts';
import type { Finding } from './finding.ts';

export const CLAIM_IDS = [
  ...(['G1', 'G2', 'G3', 'G4', 'G5', 'G6', 'G7', 'G8'] as const),
  ...(['G9', 'G10', 'G11', 'G12', 'G13', 'G14', 'G15', 'G16'] as const),
] as const;
export type ClaimId = (typeof CLAIM_IDS)[number];

/** A range that a claim gives for one side: open where it names one end only. */
export interface ClaimedRange {
  readonly side: Side;
  /** As in the table of figures: the range is drawn behind the figures of this unit. */
  readonly unit: 'ms' | 'events/s';
  readonly from: number | null;
  readonly to: number | null;
}

/** The two models that every claim is about. */
export type Side = 'event-driven' | 'micro-batch';

/** Engines that stand for the two models: those of this project, or the real systems. */
export const PAIRS = {
  embedded: { 'event-driven': 'event', 'micro-batch': 'micro-batch' },
  real: { 'event-driven': 'flink', 'micro-batch': 'spark' },
} as const;
export type PairName = keyof typeof PAIRS;
export type Pair = (typeof PAIRS)[PairName];

/** A published claim, the experiment that tests it, and how its result is judged: fixed before anything is measured. */
export interface Claim {
  readonly id: ClaimId;
  /** What it is about, in a few words. */
  readonly title: string;
  /** As it was published. */
  readonly sentence: string;
  readonly source: string;
  /** Names of the experiments that it needs; none where the capabilities decide alone. */
  readonly experiments: readonly string[];
  readonly claimed: readonly ClaimedRange[];
  /** How figures become a verdict, in words: what `decide` does. */
  readonly rule: string;
  /** Judges for one pair of engines. Where a figure is missing or was refused the verdict is `not-measured`, never a guess. */
  readonly decide: (evidence: ClaimEvidence, pair: Pair) => Finding;
  /** Why it comes out so: the mechanism, not the figures. */
  readonly explanation: string;
}
