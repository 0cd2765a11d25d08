import type {
  BatchReport,
  CheckpointReport,
  Clock,
  Deployment,
  EngineStep,
  PipelineProgress,
  StopOptions,
  StreamingQueryProgress,
} from '../lifecycle/index.ts';

/** What an engine tells from inside its process. The supervisor turns these into PipelineEvents. */
export type EngineReport =
  | { readonly kind: 'restored'; readonly positions: readonly number[] }
  | { readonly kind: 'step-begun'; readonly step: EngineStep }
  | { readonly kind: 'checkpoint-completed'; readonly checkpoint: CheckpointReport }
  | { readonly kind: 'checkpoint-failed'; readonly checkpointId: number; readonly reason: string }
  | { readonly kind: 'batch-completed'; readonly batch: BatchReport }
  | {
      readonly kind: 'query-progress';
      readonly progress: StreamingQueryProgress;
      readonly fellBehind: boolean;
    }
  /** One slot ended alone and the engine starts all of them anew: `restored` and `running` follow. */
  | {
      readonly kind: 'slot-failed';
      readonly slot: number;
      readonly cause: string;
      readonly positions: readonly number[];
    }
  /** After `slot-failed` only: the host tells that the first start runs. */
  | { readonly kind: 'running' };

/** What an engine is given inside its process. */
export interface EngineEnvironment {
  readonly deployment: Deployment;
  /** 1 for the first start. */
  readonly incarnation: number;
  readonly clock: Clock;
  readonly report: (report: EngineReport) => void;
}

/** The main program of an engine process: `hostEngine(program)` runs it under the supervisor's protocol. */
export interface EngineProgram {
  /** Resolves when the engine consumes. It restores whatever the state folder and the group's offsets hold. */
  start(environment: EngineEnvironment): Promise<RunningEngine>;
}

export interface RunningEngine {
  /** Read by the host at every heartbeat (100 ms). `incarnations` is filled in by the supervisor. */
  progress(): Omit<PipelineProgress, 'incarnations'>;
  stop(options: StopOptions): Promise<void>;
  /** Ends one worker thread abruptly. Engines with the capability `slot-failure` have it. */
  failSlot?(): void;
  /** Rejects when the engine fails by itself: the host then reports the failure and exits with 1, and the supervisor restarts it. */
  readonly failed: Promise<never>;
  /** Resolves when the engine has done all it was deployed for, with nothing left to drain: the host then stops it. Absent on engines that never end of themselves. */
  readonly finished?: Promise<void>;
}
