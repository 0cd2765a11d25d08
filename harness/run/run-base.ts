import type { PipelineEvent } from '../../engines/pipeline/index.ts';
import type { Mark, Run, Verification } from '../../reports/model/index.ts';
import type { RecordedLog } from '../../workloads/index.ts';
import type { SampledCost } from '../cost/index.ts';

/** What every kind of run says of its log. */
export function describeRunLog(log: RecordedLog): Run['log'] {
  return { sha256: log.sha256, records: log.count, specification: { ...log.specification } };
}

/**
 * What the engine's processes cost. CPU a million events counts the measured stretch alone, so that at a stated rate neither the start
 * of the process nor warm-up is in it; a drain's stretch is the whole life of its cold process. Null for an engine that has no process here.
 */
export function describeCost(
  cost: SampledCost,
  measured: {
    /** Zero of the timelines. */
    readonly startNs: bigint;
    readonly fromNs: bigint;
    readonly toNs: bigint;
    readonly events: number;
  },
): Run['cost'] {
  const cpuSeconds = cost.cpuSecondsBetween(measured.fromNs, measured.toNs);
  const processes = cost.processesOn(measured.startNs);
  if (processes.length === 0) return null;
  return {
    processes,
    cpuSecondsPerMillionEvents: measured.events === 0 ? null : (cpuSeconds / measured.events) * 1e6,
  };
}

/** A pause of the garbage collector shorter than this has no mark: it moves no percentile that the report shows. */
const LEAST_GC_PAUSE_MS = 2;
/** Marks of garbage collections in one run: with all of a long run the page of the result would grow past its limit. */
const MOST_GC_MARKS = 50;

/**
 * What happened in the engine, as marks on an axis that starts at `startNs`: every checkpoint and batch, and the pauses of the garbage
 * collector that began on the schedule and lasted 2 ms or longer, of more than fifty the longest fifty.
 */
export function marksOf({
  events,
  startNs,
  toMs,
}: {
  readonly events: readonly PipelineEvent[];
  readonly startNs: bigint;
  /** End of the schedule on that axis. */
  readonly toMs: number;
}): Mark[] {
  const atMs = (instantNs: bigint): number => Number(instantNs - startNs) / 1e6;
  const marks: Mark[] = [];
  for (const event of events) {
    if (event.kind === 'checkpoint-completed') {
      const { checkpointId, startedAtNs, durationMs, pauseMs, bytesWritten } = event.checkpoint;
      marks.push({
        kind: 'checkpoint',
        id: checkpointId,
        atMs: atMs(startedAtNs),
        durationMs,
        pauseMs,
        bytesWritten,
      });
    } else if (event.kind === 'batch-completed') {
      const { batchId, startedAtNs, durationMs, bytesWritten } = event.batch;
      marks.push({
        kind: 'batch',
        id: batchId,
        atMs: atMs(startedAtNs),
        durationMs,
        pauseMs: null,
        bytesWritten,
      });
    }
  }
  const pauses = events
    .filter((event) => event.kind === 'gc-paused')
    .map(({ atNs, durationMs }) => ({ kind: 'gc-pause' as const, atMs: atMs(atNs), durationMs }))
    .filter((pause) => pause.durationMs >= LEAST_GC_PAUSE_MS && pause.atMs >= 0 && pause.atMs < toMs)
    .sort((a, b) => b.durationMs - a.durationMs)
    .slice(0, MOST_GC_MARKS);
  return [...marks, ...pauses].sort((a, b) => a.atMs - b.atMs);
}

/** Mean milliseconds per batch phase over a run's batches; null for an engine that reports none. */
export function meanPhasesMs(events: readonly PipelineEvent[]): Record<string, number> | null {
  const totals = new Map<string, number>();
  let batches = 0;
  for (const event of events) {
    if (event.kind !== 'batch-completed') continue;
    batches += 1;
    for (const [phase, durationMs] of Object.entries(event.batch.phasesMs)) {
      totals.set(phase, (totals.get(phase) ?? 0) + durationMs);
    }
  }
  if (batches === 0) return null;
  return Object.fromEntries([...totals].map(([phase, totalMs]) => [phase, totalMs / batches]));
}

export function outcomeOf(verification: Verification, remarks: Run['remarks']): Run['outcome'] {
  if (!verification.passed) return 'oracle-failed';
  return remarks.some(({ level }) => level === 'invalid') ? 'invalid' : 'passed';
}
