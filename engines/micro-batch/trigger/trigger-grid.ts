/**
 * When the next batch may start: on the grid of the interval, strictly after `nowMs`
 * (ProcessingTimeExecutor.nextBatchTime of Spark, semantics B16). The caller starts a batch at once when this was
 * computed at the last start and has passed meanwhile, so late batches never pile up.
 */
export function nextTriggerMs(nowMs: number, intervalMs: number): number {
  return intervalMs === 0 ? nowMs : Math.floor(nowMs / intervalMs) * intervalMs + intervalMs;
}
