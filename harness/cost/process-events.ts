import type { PipelineEvent } from '../../engines/pipeline/index.ts';
import type { ProcessCost } from '../../reports/model/index.ts';

/** Names by process id: the engine and which of its starts it was, "event #2" for the one after the first kill. */
export function processNames(engine: string, events: readonly PipelineEvent[]): ReadonlyMap<number, string> {
  const names = new Map<number, string>();
  for (const event of events) {
    if (event.kind === 'process-started') names.set(event.processId, `${engine} #${event.incarnation}`);
  }
  return names;
}

/** What a process reported of its garbage collections; null when no process of the engine reports any. */
export function gcOf(events: readonly PipelineEvent[], processId: number): ProcessCost['gc'] {
  const all = events.filter((event) => event.kind === 'gc-paused');
  if (all.length === 0) return null;
  const durationsMs = all.filter((event) => event.processId === processId).map((event) => event.durationMs);
  return {
    pauses: durationsMs.length,
    totalMs: durationsMs.reduce((total, durationMs) => total + durationMs, 0),
    longestMs: Math.max(0, ...durationsMs),
  };
}
