import type { ColumnBatch } from '../columnar/index.ts';
import type { OutputRow } from './ports.ts';

/** The two watermarks of a batch (semantics B3). 0 stands for none yet, as in Spark. */
export interface BatchWatermarks {
  /** What rows are late against: the watermark that the previous batch ran with. */
  readonly lateMs: number;
  /** What closes windows and fires timers: the watermark that this batch runs with. */
  readonly currentMs: number;
}

/** What an operator is given of a batch. */
export interface OperatorBatch {
  /** Of the state to start from: the batch id. */
  readonly version: number;
  /** By source, in the order of the plan, then by partition. */
  readonly inputs: readonly (readonly ColumnBatch[])[];
  readonly watermarks: BatchWatermarks;
  /** The batch's time as it was logged: the same when it is run again. */
  readonly timestampMs: number;
}

/** What Spark reports of a stateful operator, and the raw count of late rows. */
export interface OperatorMetrics {
  readonly lateRecords: number;
  readonly lateRowsSparkCount: number;
  readonly stateRows: number;
  readonly stateRowsUpdated: number;
  readonly stateRowsRemoved: number;
  /** Of the operator's time: that for removing what the watermark closed; absent where it is not told apart. */
  readonly removalsMs?: number;
  /** Of the state, in this process; absent where the store does not tell. */
  readonly memoryUsedBytes?: number;
  /** Others, as Spark's `customMetrics`. */
  readonly customMetrics?: Readonly<Record<string, number>>;
}

/** An operator's work on a batch, not yet durable. */
export interface OperatorRun {
  readonly rows: readonly OutputRow[];
  /** Rows that came too late, where the plan keeps them. */
  readonly lateRows?: readonly OutputRow[];
  readonly metrics: OperatorMetrics;
  /** Makes the state durable as the next version. */
  commit(): Promise<void>;
  abort(): void;
}

/** What stands between the row-wise steps of a plan and the sink. */
export interface Operator {
  /**
   * Whether a moved watermark alone can change its state or output, so that a batch without data is worth running
   * (semantics B5).
   */
  readonly wantsNoDataBatches: boolean;
  /**
   * From which instant of the clock on a batch without data is worth running; -Infinity while only a batch can tell.
   * Undefined: time alone changes nothing.
   */
  readonly nextProcessingTimeMs?: number;
  run(batch: OperatorBatch): Promise<OperatorRun>;
  /** Housekeeping between batches. */
  maintain(oldestVersion: number): Promise<void>;
}

export const NO_METRICS: OperatorMetrics = {
  lateRecords: 0,
  lateRowsSparkCount: 0,
  stateRows: 0,
  stateRowsUpdated: 0,
  stateRowsRemoved: 0,
};
