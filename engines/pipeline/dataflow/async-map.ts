import type { Row, Schema } from './nodes.ts';

/** When a call failed or ran out of time, it is made again, up to `attempts` calls in all, `delayMs` apart. */
interface AsyncRetry {
  readonly attempts: number;
  readonly delayMs: number;
}

/**
 * One call a row to something outside: enrichment, scoring (Flink's Async I/O). Rows whose calls are under way when a checkpoint is taken are
 * part of it, and their calls are made again after a restart.
 */
export interface AsyncMapNode {
  readonly kind: 'asyncMap';
  readonly schema: Schema;
  /** Gives the rows that follow the input row, none to drop it. The signal is aborted at the time-out and when the engine stops. */
  readonly call: (row: Row, signal: AbortSignal) => Promise<readonly Row[]>;
  /** `ordered`: results in the order of the rows; `unordered`: as they come, but never across a watermark. */
  readonly order: 'ordered' | 'unordered';
  /** Calls under way at most, a slot; beyond it the input waits. */
  readonly capacity: number;
  readonly timeoutMs: number;
  readonly retry?: AsyncRetry;
  /** Instead of a result when all attempts ran out of time or failed; without it that fails the job. */
  readonly orElse?: (row: Row) => readonly Row[];
}
