/**
 * What a micro-batch engine tells of one batch: the JSON of Spark's StreamingQueryProgress, field by field (sql/api, streaming/progress.scala of
 * apache/spark). Times are whole milliseconds, instants ISO 8601 in UTC. A rate that is no number is absent; that of
 * the input at the first batch of a start is 0.
 */
export interface StreamingQueryProgress {
  /** Of the query, over all its starts. */
  readonly id: string;
  /** Of this start. */
  readonly runId: string;
  readonly name: string | null;
  /** When the trigger began. */
  readonly timestamp: string;
  readonly batchId: number;
  readonly batchDuration: number;
  readonly numInputRows: number;
  readonly inputRowsPerSecond?: number;
  readonly processedRowsPerSecond?: number;
  readonly durationMs?: Readonly<Record<string, number>>;
  /** `max`, `min` and `avg` of the batch's rows, and the `watermark` that the batch ran with; the epoch stands for none yet. */
  readonly eventTime?: Readonly<Record<string, string>>;
  readonly stateOperators: readonly StateOperatorProgress[];
  readonly sources: readonly SourceProgress[];
  readonly sink: SinkProgress;
}

export interface StateOperatorProgress {
  readonly operatorName: string;
  readonly numRowsTotal: number;
  readonly numRowsUpdated: number;
  readonly allUpdatesTimeMs: number;
  readonly numRowsRemoved: number;
  readonly allRemovalsTimeMs: number;
  readonly commitTimeMs: number;
  readonly memoryUsedBytes: number;
  /** As Spark counts: of a windowed aggregation after partial aggregation (semantics B4). */
  readonly numRowsDroppedByWatermark: number;
  readonly numShufflePartitions: number;
  readonly numStateStoreInstances: number;
  readonly customMetrics?: Readonly<Record<string, number>>;
}

export interface SourceProgress {
  readonly description: string;
  /** Offsets as JSON. */
  readonly startOffset: unknown;
  readonly endOffset: unknown;
  readonly latestOffset: unknown;
  readonly numInputRows: number;
  readonly inputRowsPerSecond?: number;
  readonly processedRowsPerSecond?: number;
  readonly metrics?: Readonly<Record<string, string>>;
}

export interface SinkProgress {
  readonly description: string;
  readonly numOutputRows: number;
}
