import type { Configuration } from '../evidence/index.ts';
import type { Check, Judged, Requirement } from './check.ts';
import type { Engine, Guarantee, Model, Objective } from './objective.ts';

/**
 * How well the question is measured, the least first, whatever came of it. `none`: nothing. `one-model`: of the two models only one
 * was measured under these conditions. Else of the less well measured model: `interpolated` (between rates, or from harder conditions),
 * `one-run` (no interval), `few-runs` (an interval of fewer than six values, below 95 %), `interval`.
 */
export const CONFIDENCES = ['none', 'one-model', 'interpolated', 'one-run', 'few-runs', 'interval'] as const;
export type Confidence = (typeof CONFIDENCES)[number];

/** An engine that cannot do the job, whatever it measures. */
export interface Exclusion {
  readonly engine: Engine;
  /** Capabilities that it lacks. */
  readonly lacks: readonly string[];
}

/** What every advice says beside its answer. */
interface Told {
  readonly objective: Objective;
  readonly confidence: Confidence;
  readonly excluded: readonly Exclusion[];
  /** Configurations that meet not everything, or of which not everything is known: the nearest first. */
  readonly rejected: readonly Judged[];
  /** With a run whose output was wrong: never advised, whatever the others measured. */
  readonly wrong: readonly Configuration[];
  /** Engines that have every capability needed, and of which nothing was measured under the conditions asked. */
  readonly neverMeasured: readonly Engine[];
}

/** What decided between configurations that meet everything. */
export type Decision =
  /** No other configuration meets everything, or what else does is worse in every figure. */
  | { readonly kind: 'only-one' }
  /** Only this model has these capabilities. */
  | { readonly kind: 'capability'; readonly model: Model; readonly needs: readonly string[] }
  /** It fits the estate, or its engine runs over data at rest, and what does not was left out although it meets every limit. */
  | { readonly kind: 'wish'; readonly wishes: readonly ('estate' | 'batch-on-same-code')[] }
  /** Its CPU per event is lower, with ranges apart. */
  | { readonly kind: 'cost' }
  /** The cost does not tell them apart; more of the limits is left, with ranges apart. */
  | { readonly kind: 'headroom' };

/** What gives way first. */
export interface Weakness {
  /** The limit with the least headroom; the rate where nothing else is asked. */
  readonly requirement: Requirement;
  readonly headroom: number;
  /** The lowest known rate at which a limit is missed, and what says so; null where no higher rate was measured. */
  readonly breaks: {
    readonly ratePerSecond: number;
    readonly requirement: Requirement;
    readonly from: 'run' | 'search';
  } | null;
}

/** A configuration that meets everything. */
export interface Candidate extends Judged {
  readonly checks: readonly Extract<Check, { status: 'met' }>[];
  readonly weakness: Weakness;
}

/** What the runner-up has more or less of, whether it was asked for or not. */
export interface Difference {
  readonly metric: 'p50' | 'p99' | 'p99.9' | 'recovery' | 'cost';
  /** Runner-up over choice, of the medians. */
  readonly ratio: number;
  /** Whether the ranges have no value in common: else it is no difference. */
  readonly apart: boolean;
}

export interface Recommended extends Told {
  readonly kind: 'recommended';
  readonly choice: Candidate;
  /** What narrowed the choice down, one after the other. */
  readonly decidedBy: readonly Decision[];
  /** The best of the other model, where one of it meets everything; else the next best. */
  readonly runnerUp: { readonly candidate: Candidate; readonly price: readonly Difference[] } | null;
}

export interface Either extends Told {
  readonly kind: 'either';
  /** The one with the lower median cost first. */
  readonly choices: readonly [Candidate, Candidate];
  /** What does not tell them apart. */
  readonly because: readonly ('cost-overlaps' | 'cost-unmeasured' | 'headroom-overlaps' | 'no-limit')[];
}

/** Of each model that could do the job something was measured under these conditions, and nothing that was meets everything. */
export interface NoneMeets extends Told {
  readonly kind: 'none-meets';
  /** The one that misses by the least factor; null where no engine has the capabilities. */
  readonly nearest: Judged | null;
  /** Requirements that every configuration misses which was measured. */
  readonly missedByAll: readonly Requirement[];
  /** Runs of configurations that were measured under other conditions only, and might do; null where there are none. */
  readonly measure: MeasurementRequest | null;
}

/** Runs that would make an answer possible. */
export interface MeasurementRequest {
  readonly workload: string;
  readonly engines: readonly Engine[];
  /** Those of the configurations that lack nothing but figures; else the default one. */
  readonly profiles: readonly string[];
  readonly guarantee: Guarantee;
  readonly ratePerSecond: number;
  readonly keys: number | null;
  readonly measures: readonly ('latency' | 'recovery')[];
}

/** Nothing meets everything, and of a model that could do the job nothing is known under these conditions. */
export interface NoEvidence extends Told {
  readonly kind: 'no-evidence';
  /** What the results lack altogether; `figures`: the configurations are there, each with its lacks in `rejected`. */
  readonly lacking: 'workload' | 'guarantee' | 'figures';
  readonly measure: MeasurementRequest;
}

/** The answer. */
export type Advice = Recommended | Either | NoneMeets | NoEvidence;

/** The configurations that an advice names. */
export function candidatesOf(advice: Advice): readonly Candidate[] {
  switch (advice.kind) {
    case 'recommended':
      return [advice.choice];
    case 'either':
      return advice.choices;
    case 'none-meets':
    case 'no-evidence':
      return [];
  }
}
