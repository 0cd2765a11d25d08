import { z } from 'zod';

/** What an engine that works in batches told of them: a sum of all, and the newest in full. */
export const runBatchesSchema = z.object({
  batches: z.int(),
  /** That had no input: they moved a watermark, which closes windows and fires timers. */
  withoutInput: z.int(),
  /** That took longer than the trigger's interval; 0 where there is no interval. */
  fellBehind: z.int(),
  inputRows: z.int(),
  outputRows: z.int(),
  meanMs: z.number(),
  longestMs: z.number(),
  /** Keys of the state after the newest batch; null without state. */
  stateRows: z.int().nullable(),
  /** Rows that were late, as Spark counts them. */
  rowsDroppedByWatermark: z.int(),
  /** Spark's StreamingQueryProgress of the last ten, as the engine told it. */
  newest: z.array(z.record(z.string(), z.unknown())),
});
export type RunBatches = z.infer<typeof runBatchesSchema>;
