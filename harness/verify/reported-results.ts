import type { PipelineEvent } from '../../engines/pipeline/index.ts';

/**
 * Results that the engine says it has put out, summed over its batches; null where it does not count them, or where a process ended in
 * between: a batch may then have been put out without being told of, or told of twice.
 */
export function reportedResults(events: readonly PipelineEvent[]): number | null {
  if (events.some(({ kind }) => kind === 'process-exited')) return null;
  const batches = events.filter((event) => event.kind === 'batch-completed');
  if (batches.length === 0) return null;
  return batches.reduce((total, { batch }) => total + batch.outputRows, 0);
}
