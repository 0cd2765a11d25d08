import type { StateOperatorProgress, StreamingQueryProgress } from '../../pipeline/index.ts';
import type { Admission } from '../trigger/index.ts';
import type { BatchPhase } from './batch-progress.ts';
import { renderProgress, type SourceValues } from './query-progress.ts';

/** Whose batches they are. */
export interface QueryIdentity {
  /** Of the query, over all its starts: that of its `metadata` file. */
  readonly id: string;
  readonly runId: string;
  readonly name: string | null;
  readonly sinkDescription: string;
}

/** Of a source in a batch. Offsets are next offsets per partition, each with its text in the offset log. */
interface SourceFacts {
  readonly description: string;
  readonly start: OffsetFact;
  readonly end: OffsetFact;
  readonly latest: OffsetFact;
  /** What kept records of it back. */
  readonly admission: Admission;
  readonly inputRows: number;
}

interface OffsetFact {
  readonly text: string;
  readonly offsets: readonly number[];
}

export interface BatchFacts {
  readonly batchId: number;
  /** Wall clock. */
  readonly startedAtMs: number;
  /** Of the trigger before that ran a batch; undefined at the first of a start. */
  readonly previousStartedAtMs: number | undefined;
  readonly durationMs: number;
  readonly phasesMs: Readonly<Record<BatchPhase, number>>;
  /** Of the batch's rows; undefined if none passed the watermark. */
  readonly eventTimes:
    | { readonly maximumMs: number; readonly minimumMs: number; readonly averageMs: number }
    | undefined;
  /** Null: the plan has no watermark. */
  readonly watermarkMs: number | null;
  readonly stateOperators: readonly StateOperatorProgress[];
  readonly sources: readonly SourceFacts[];
  readonly outputRows: number;
}

/**
 * A batch as Spark's ProgressReporter describes it. The phases are Spark's: reading happens in `addBatch`, as its plans read lazily, and so do the
 * commits of state and sink. `getBatch` and `queryPlanning` are 0, since the plan is made once and not for each batch, and so is `commitBatch`:
 * nothing is left to do for a source when its batch is over.
 */
export function describeBatch(query: QueryIdentity, facts: BatchFacts): StreamingQueryProgress {
  const { startedAtMs, previousStartedAtMs, durationMs, phasesMs, eventTimes, watermarkMs } = facts;
  const inputSeconds =
    previousStartedAtMs === undefined
      ? Number.POSITIVE_INFINITY
      : (startedAtMs - previousStartedAtMs) / 1_000;
  // Spark takes it for a millisecond at least, its clock's step.
  const processingSeconds = Math.max(1, durationMs) / 1_000;
  const batchDuration = Math.round(durationMs);
  return renderProgress({
    id: query.id,
    runId: query.runId,
    name: query.name,
    timestamp: instant(startedAtMs),
    batchId: facts.batchId,
    batchDuration,
    durationMs: {
      triggerExecution: batchDuration,
      latestOffset: Math.round(phasesMs.latestOffset),
      walCommit: Math.round(phasesMs.walCommit),
      getBatch: 0,
      queryPlanning: 0,
      addBatch: Math.round(phasesMs.read + phasesMs.aggregate + phasesMs.stateCommit + phasesMs.sink),
      commitBatch: 0,
      commitOffsets: Math.round(phasesMs.commitLog),
    },
    eventTime: {
      ...(eventTimes && {
        max: instant(eventTimes.maximumMs),
        min: instant(eventTimes.minimumMs),
        avg: instant(Math.trunc(eventTimes.averageMs)),
      }),
      ...(watermarkMs !== null && { watermark: instant(watermarkMs) }),
    },
    stateOperators: facts.stateOperators,
    sources: facts.sources.map((source) => sourceValues(source, inputSeconds, processingSeconds)),
    sink: { description: query.sinkDescription, numOutputRows: facts.outputRows },
  });
}

function sourceValues(
  { description, start, end, latest, admission, inputRows }: SourceFacts,
  inputSeconds: number,
  processingSeconds: number,
): SourceValues {
  return {
    description,
    startOffset: start.text,
    endOffset: end.text,
    latestOffset: latest.text,
    numInputRows: inputRows,
    inputRowsPerSecond: inputRows / inputSeconds,
    processedRowsPerSecond: inputRows / processingSeconds,
    metrics: {
      ...offsetsBehind(end.offsets, latest.offsets),
      // Spark names no back-pressure: that a batch was as large as it may be, or that records wait for a minimum.
      ...(admission !== 'all' && { admission }),
    },
  };
}

/** KafkaMicroBatchStream.metrics of Spark. */
function offsetsBehind(end: readonly number[], latest: readonly number[]): Record<string, string> {
  if (end.length === 0) return {};
  const behind = end.map((offset, partition) => Math.max(0, (latest[partition] ?? offset) - offset));
  const total = behind.reduce((sum, offsets) => sum + offsets, 0);
  return {
    avgOffsetsBehindLatest: (total / behind.length).toFixed(1),
    maxOffsetsBehindLatest: String(Math.max(...behind)),
    minOffsetsBehindLatest: String(Math.min(...behind)),
  };
}

const instant = (milliseconds: number): string => new Date(milliseconds).toISOString();
