import type { Configuration } from '../evidence/index.ts';

export type Engine = Configuration['engine'];
export type Guarantee = Configuration['guarantee'];

/** Percentiles that a latency limit may name. */
export type Percentile = 50 | 99 | 99.9;

export interface LatencyLimit {
  readonly percentile: Percentile;
  readonly limitMs: number;
}

/** What a job must do, and what whoever asks has or wants beside that. */
export interface Objective {
  /** Whose measurements stand for the job. */
  readonly workload: string;
  /** Offered, events a second. */
  readonly ratePerSecond: number;
  /** None: any latency will do. */
  readonly latencyLimits: readonly LatencyLimit[];
  /** First new output after a SIGKILL at the latest; null where it does not matter. */
  readonly recoveryMs: number | null;
  /** At least this one. */
  readonly guarantee: Guarantee;
  /** Distinct keys at least; null: as many as were measured. */
  readonly keys: number | null;
  /** CPU seconds of the engine per million events at the rate, at most; null where it does not matter. */
  readonly cpuSecondsPerMillion: number | null;
  /** Capabilities by name (docs/capabilities.md) that the job cannot do without. */
  readonly needs: readonly string[];
  /** Systems that run in the house already. Decides between configurations that meet everything; overrides no limit. */
  readonly estate: 'none' | 'flink' | 'spark';
  /** Whether the same code shall also run over data at rest. As `estate`, a wish. */
  readonly batchOnSameCode: boolean;
}

/** What is known of the engines from their code and not from measurements. */
export interface EngineFacts {
  /** By the names of docs/capabilities.md. */
  capabilitiesOf(engine: Engine): ReadonlySet<string>;
  /** Engines that run a dataflow over an input that ends, and then stop by themselves. */
  readonly batchOnSameCode: ReadonlySet<Engine>;
}

/** The two models that the question is about. */
export const MODEL_OF = {
  event: 'event-driven',
  flink: 'event-driven',
  'micro-batch': 'micro-batch',
  spark: 'micro-batch',
} as const satisfies Readonly<Record<Engine, string>>;
export type Model = (typeof MODEL_OF)[Engine];
