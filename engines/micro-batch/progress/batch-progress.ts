import type { StreamingQueryProgress } from '../../pipeline/index.ts';

/** What a batch did. */
export interface BatchProgress {
  readonly batchId: number;
  readonly inputRows: number;
  /** Results, and late rows where the plan keeps them. */
  readonly outputRows: number;
  /** The watermark the batch ran with; null if the plan has none. */
  readonly watermarkMs: number | null;
  readonly lateRecords: number;
  readonly lateRowsSparkCount: number;
  readonly deadLetters: number;
  readonly stateRows: number;
  readonly stateRowsUpdated: number;
  readonly stateRowsRemoved: number;
  readonly startedAtNs: bigint;
  readonly durationMs: number;
  readonly phasesMs: Readonly<Record<BatchPhase, number>>;
  /** In logs and state, with the snapshot that may have followed the batch before. */
  readonly bytesWritten: number;
  /** The same in Spark's words. */
  readonly query: StreamingQueryProgress;
}

/** The parts of a batch, in order (semantics B10). */
export const BATCH_PHASES = [
  'latestOffset',
  'walCommit',
  'read',
  'aggregate',
  'stateCommit',
  'sink',
  'commitLog',
] as const;
export type BatchPhase = (typeof BATCH_PHASES)[number];
