import type { Configuration, Estimate } from '../evidence/index.ts';
import type { Percentile } from './objective.ts';

/** One limit of an objective. A rate is met from below: the configuration must be known to hold it. */
export type Requirement =
  | { readonly kind: 'rate'; readonly limit: number; readonly unit: 'events/s' }
  | {
      readonly kind: 'latency';
      readonly percentile: Percentile;
      readonly limit: number;
      readonly unit: 'ms';
    }
  | { readonly kind: 'recovery'; readonly limit: number; readonly unit: 'ms' }
  | { readonly kind: 'cost'; readonly limit: number; readonly unit: 'CPU-s per million events' };

/**
 * How a figure came about. `measured`: at the rate asked. `interpolated`: on the straight line between two measured rates. `harder`:
 * measured at a higher rate or with more keys than were asked, and taken as it is. `search`: by a search for the sustainable rate.
 */
export type Basis =
  | { readonly kind: 'measured'; readonly ratePerSecond: number }
  | { readonly kind: 'interpolated'; readonly lowerPerSecond: number; readonly higherPerSecond: number }
  | { readonly kind: 'harder'; readonly ratePerSecond: number; readonly keys: number | null }
  | { readonly kind: 'search'; readonly percentile: number; readonly limitMs: number };

/** A figure of a configuration under the conditions of an objective. */
export interface Reading {
  /**
   * In the unit of the requirement; of an interpolated one `count` is the smaller of its two ends. Of a rate that is met the highest known
   * to hold, of one that is missed the lowest known not to.
   */
  readonly estimate: Estimate;
  readonly basis: Basis;
  /** Measured while the latency still fell, in one of the runs at least. */
  readonly neverSteady: boolean;
  /** Result files that hold it. */
  readonly files: readonly string[];
}

/** Why a configuration says nothing of a requirement. */
export type Lack =
  /** The rate lies outside what was measured; null where nothing was measured at any rate. */
  | {
      readonly kind: 'rate';
      readonly measured: { readonly lowestPerSecond: number; readonly highestPerSecond: number } | null;
    }
  /** The rate was measured, with too few samples for this percentile, or without the CPU. */
  | { readonly kind: 'figure' }
  /** The rate was offered, and the latency never became steady: that does not show that the rate is held. */
  | { readonly kind: 'unsteady' }
  /** Measured with fewer keys than asked, or with more, where the limit is missed; null where the result does not tell how many. */
  | { readonly kind: 'keys'; readonly measured: number | null }
  /** No kills at this rate with as many keys, and none under harder conditions that meets the limit. */
  | { readonly kind: 'kills' }
  /** Killed, and the run ended before the first new output of one of the kills. */
  | { readonly kind: 'never-recovered' };

/** What a configuration's evidence says of one requirement. */
export type Check =
  /** The worse end of the range meets the limit. `headroom`: what is left at that end, as a share of the limit, 0 to 1; of a rate what it could take more. */
  | {
      readonly status: 'met';
      readonly requirement: Requirement;
      readonly reading: Reading;
      readonly headroom: number;
    }
  /** `factor`: the worse end over the limit, at least 1; of a rate the limit over what does not hold. `surely`: the better end misses it too. */
  | {
      readonly status: 'missed';
      readonly requirement: Requirement;
      readonly reading: Reading;
      readonly factor: number;
      readonly surely: boolean;
    }
  | { readonly status: 'unmeasured'; readonly requirement: Requirement; readonly lack: Lack };

/** A configuration held against every requirement of an objective. */
export interface Judged {
  readonly configuration: Configuration;
  /** One a requirement, in their order. */
  readonly checks: readonly Check[];
  /** CPU seconds per million events at the rate: what candidates are compared by. Null where it was not measured. */
  readonly cost: Reading | null;
}
