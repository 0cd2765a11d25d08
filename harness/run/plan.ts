import type {
  EngineMutant,
  EngineName,
  EngineSettings,
  FaultTarget,
  Guarantee,
} from '../../engines/pipeline/index.ts';
import type { Isolation } from '../../kafka/index.ts';
import type { LogSpecification } from '../../workloads/index.ts';
import type { ScheduleProfile } from '../replay/index.ts';
import type { SustainPlan } from './sustain-plan.ts';

/** A schedule, or that of the recording that the workload plays: `speed` 2 in half the time. */
type SchedulePlan = ScheduleProfile | { readonly kind: 'as-recorded'; readonly speed: number };

export const MEASURES = ['latency', 'drain', 'recovery', 'sustain'] as const;
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
  /** Of the schedule; the mean where it varies. */
  readonly ratePerSecond: number;
  /** When records are due, where that is not a constant rate. */
  readonly schedule?: SchedulePlan;
  /** Threads that replay. */
  readonly producers: number;
  /** Shortest warm-up. Recoveries and probes warm up exactly so long. */
  readonly warmupMs: number;
  /** A latency run warms up until its latency is steady, at most so long; null: exactly `warmupMs`. */
  readonly warmupLimitMs: number | null;
  /** Measured part of the latency run, after warm-up. */
  readonly durationMs: number;
  /** Events of the backlog. */
  readonly drainEvents: number;
  readonly kills: number;
  readonly faultTarget: FaultTarget;
  /** From one kill to the next at most; they come sooner when the pipeline recovers. Default: the engine's, see `paceOf`. */
  readonly longestKillGapMs?: number;
  /** How the sustainable rate is looked for; SUSTAIN_DEFAULTS where left out. */
  readonly sustain?: SustainPlan;
  /** Only in tests. */
  readonly mutant?: EngineMutant;
  /** Only in tests: an observer that reads what no transaction committed. */
  readonly observerIsolation?: Isolation;
  /** Options that the user gave, by their settings' names: the source of a setting that is not the engine's own. */
  readonly given?: ReadonlySet<string>;
  /** What differs on purpose from the other cells beside the engine, by name: for the reports. */
  readonly variables: Readonly<Record<string, string>>;
  readonly seed: number;
  /** Everything of the log but its size, which each run sets. */
  readonly log: Omit<LogSpecification, 'events' | 'workload' | 'seed'>;
}
