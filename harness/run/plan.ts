import type {
  EngineMutant,
  EngineName,
  EngineSettings,
  FaultTarget,
  Guarantee,
} from '../../engines/pipeline/index.ts';
import type { LogSpecification } from '../../workloads/index.ts';

export const MEASURES = ['latency', 'drain', 'recovery'] as const;
export type Measure = (typeof MEASURES)[number];

export const GUARANTEES: readonly Guarantee[] = ['at-least-once', 'exactly-once'];

/** One cell to run: workload x engine x profile under a guarantee, with the runs it is made of. */
export interface CellPlan {
  /** As `loadWorkload` takes it. */
  readonly workload: string;
  readonly engine: EngineName;
  readonly profile: string;
  readonly guarantee: Guarantee;
  readonly settings: EngineSettings;
  readonly heapMb: number;
  readonly measures: readonly Measure[];
  readonly ratePerSecond: number;
  readonly warmupMs: number;
  /** Measured part of the latency run, after warm-up. */
  readonly durationMs: number;
  /** Events of the backlog. */
  readonly drainEvents: number;
  readonly kills: number;
  readonly faultTarget: FaultTarget;
  /** Only in tests. */
  readonly mutant?: EngineMutant;
  /** What differs on purpose from the other cells beside the engine, by name: for the reports. */
  readonly variables: Readonly<Record<string, string>>;
  readonly seed: number;
  /** Everything of the log but its size, which each run sets. */
  readonly log: Omit<LogSpecification, 'events' | 'workload' | 'seed'>;
}
