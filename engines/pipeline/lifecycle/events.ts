import type { Introspection } from './introspection.ts';
import type { StreamingQueryProgress } from './query-progress.ts';

/** What a pipeline tells while it lives. `atNs` is monotonic, taken where the event was noticed. */
export type PipelineEvent =
  | {
      readonly kind: 'process-started';
      readonly atNs: bigint;
      readonly processId: number;
      readonly incarnation: number;
    }
  | {
      readonly kind: 'restored';
      readonly atNs: bigint;
      readonly incarnation: number;
      readonly positions: readonly number[];
    }
  | { readonly kind: 'running'; readonly atNs: bigint; readonly incarnation: number }
  /** Its end is told by `restored`, `checkpoint-completed`, `checkpoint-failed` or `batch-completed`, or never where the process ends before. */
  | { readonly kind: 'step-begun'; readonly atNs: bigint; readonly step: EngineStep }
  | { readonly kind: 'checkpoint-completed'; readonly atNs: bigint; readonly checkpoint: CheckpointReport }
  | {
      readonly kind: 'checkpoint-failed';
      readonly atNs: bigint;
      readonly checkpointId: number;
      readonly reason: string;
    }
  | { readonly kind: 'batch-completed'; readonly atNs: bigint; readonly batch: BatchReport }
  /** After `batch-completed` of the same batch. Only from engines that speak Spark's words. */
  | {
      readonly kind: 'query-progress';
      readonly atNs: bigint;
      readonly progress: StreamingQueryProgress;
      /** It took longer than the trigger's interval. */
      readonly fellBehind: boolean;
    }
  | {
      readonly kind: 'process-exited';
      readonly atNs: bigint;
      readonly incarnation: number;
      readonly cause: string;
    }
  /**
   * A worker thread of the engine's process ended alone. The process lives, ends its other threads, and starts them all anew from the
   * last checkpoint: `restored` and `running` of the next incarnation follow. `positions` are those at this instant.
   */
  | {
      readonly kind: 'slot-failed';
      readonly atNs: bigint;
      readonly incarnation: number;
      readonly slot: number;
      readonly cause: string;
      readonly positions: readonly number[];
    }
  /** A pause of a garbage collector in one of the engine's threads, as the runtime reported it. `atNs` is its beginning. */
  | {
      readonly kind: 'gc-paused';
      readonly atNs: bigint;
      readonly processId: number;
      readonly durationMs: number;
    }
  | { readonly kind: 'stopped'; readonly atNs: bigint };

/**
 * A step on which the guarantee hangs. A checkpoint is also the state's commit of a batch; a commit makes outputs visible and is not told of by an
 * engine that has none. Real systems tell of no steps.
 */
export type EngineStep = 'restore' | 'checkpoint' | 'commit';

export interface CheckpointReport {
  readonly checkpointId: number;
  readonly startedAtNs: bigint;
  readonly durationMs: number;
  /** Longest pause of record processing: alignment and the synchronous part of the snapshot; null where the engine does not tell. */
  readonly pauseMs: number | null;
  /** Of that, from the first barrier to the last; absent where the engine does not tell. */
  readonly alignmentMs?: number;
  /** Records that the barriers overtook, which are part of the checkpoint; absent where an engine has no such thing. */
  readonly overtakenElements?: number;
  /** State of all slots, and the manifest. */
  readonly bytesWritten: number;
}

export interface BatchReport {
  readonly batchId: number;
  readonly startedAtNs: bigint;
  readonly durationMs: number;
  readonly inputRows: number;
  readonly outputRows: number;
  /** Milliseconds by phase: latest offset, WAL commit, read, aggregate, state commit, sink, commit log. */
  readonly phasesMs: Readonly<Record<string, number>>;
  /** Since the batch before: offset and commit log, state, and snapshots of the state. */
  readonly bytesWritten: number;
}

/** Counters are exact over restarts: they are part of what is restored. */
export interface PipelineProgress {
  /** Next offset to consume, per input partition. */
  readonly positions: readonly number[];
  /** Offsets before these are covered by outputs that a read_committed reader can see and that no restart will repeat. */
  readonly committedPositions: readonly number[];
  /** Milliseconds; null before the first. */
  readonly watermarkMs: number | null;
  /** Late input records: raw rows; null on an engine that has no such count. */
  readonly lateRecords: number | null;
  /** Late rows as Spark counts them, after partial aggregation (semantics B4); null on engines that count otherwise. */
  readonly lateRowsSparkCount: number | null;
  readonly deadLetters: number;
  /** Number of starts so far, the first included: of processes, and of all slots within a process after one failed. */
  readonly incarnations: number;
  /** Absent on an engine that does not look into itself, and before there is anything to see. */
  readonly introspection?: Introspection;
}
