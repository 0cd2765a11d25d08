import type { StateOperatorProgress } from '../../pipeline/index.ts';
import type { OffsetEntry } from '../log/index.ts';
import type { PlanOperator, SteppedBatch } from '../plan/index.ts';
import { type BatchProgress, describeBatch, type PhaseTimer, type QueryIdentity } from '../progress/index.ts';
import type { Admission } from '../trigger/index.ts';
import type { TaskOutput } from './batch-tasks.ts';
import { formatOffsets } from './offset-text.ts';
import type { OperatorMetrics } from './operator.ts';
import type { BatchSource, OffsetSequence, Offsets } from './ports.ts';

/** A batch that is decided on. */
export interface LoggedBatch {
  readonly entry: OffsetEntry;
  /** Where the inputs end; unknown of a batch that is run again. */
  readonly latest?: OffsetSequence;
  /** What kept records of each source back; unknown of a batch that is run again. */
  readonly admissions: readonly Admission[];
}

/** A batch that is over. Sources, offsets and what was read in the order of the plan. */
export interface FinishedBatch {
  readonly query: QueryIdentity;
  readonly operator: PlanOperator;
  readonly statePartitions: number;
  readonly batchId: number;
  readonly timer: PhaseTimer;
  readonly previousStartMs: number | undefined;
  readonly sources: readonly BatchSource[];
  readonly from: OffsetSequence;
  readonly end: OffsetSequence;
  readonly latest: OffsetSequence;
  /** Unknown where left out. */
  readonly admissions: readonly Admission[];
  readonly read: readonly TaskOutput[];
  /** Of all partitions of all sources with a watermark. */
  readonly stepped: readonly SteppedBatch[];
  /** Null: the plan has none. */
  readonly watermarkMs: number | null;
  readonly metrics: OperatorMetrics;
  readonly outputRows: number;
  readonly bytesWritten: number;
}

/** Spark's names of its operators with state (`shortName` of each StateStoreWriter); null for none. */
function operatorNameOf(plan: PlanOperator): string | null {
  switch (plan.kind) {
    case 'aggregate':
      return 'stateStoreSave';
    case 'keyed-windows':
      return plan.window?.type === 'session' ? 'sessionWindowStateStoreSaveExec' : 'stateStoreSave';
    case 'deduplicate':
      return plan.forgets === 'after-delay' ? 'dedupeWithinWatermark' : 'dedupe';
    case 'process':
      return 'transformWithStateExec';
    case 'group-state':
      return 'flatMapGroupsWithState';
    case 'join':
      return 'symmetricHashJoin';
    case 'pass-through':
      return null;
  }
}

/** What a batch did, in the engine's words and in Spark's. */
export function reportBatch(batch: FinishedBatch): BatchProgress {
  const { query, batchId, timer, sources, from, end, latest, read, watermarkMs, metrics, outputRows } = batch;
  const durationMs = timer.durationMs();
  const phasesMs = timer.phasesMs();
  const inputRows = read.map((output) => output.inputRows);
  const { lateRecords, lateRowsSparkCount, stateRows, stateRowsUpdated, stateRowsRemoved } = metrics;
  return {
    batchId,
    inputRows: inputRows.reduce((total, rows) => total + rows, 0),
    outputRows,
    watermarkMs,
    lateRecords,
    lateRowsSparkCount,
    stateRows,
    stateRowsUpdated,
    stateRowsRemoved,
    deadLetters: read.reduce((total, { deadLetters }) => total + deadLetters.length, 0),
    startedAtNs: timer.startedAtNs,
    durationMs,
    phasesMs,
    bytesWritten: batch.bytesWritten,
    query: describeBatch(query, {
      batchId,
      startedAtMs: timer.startedAtMs,
      previousStartedAtMs: batch.previousStartMs,
      durationMs,
      phasesMs,
      eventTimes: eventTimesOf(batch.stepped),
      watermarkMs,
      stateOperators: stateOperators(batch, phasesMs),
      sources: sources.map(({ name }, index) => ({
        description: name,
        start: offsetFact(name, from[index]),
        end: offsetFact(name, end[index]),
        latest: offsetFact(name, latest[index]),
        admission: batch.admissions[index] ?? 'all',
        inputRows: inputRows[index] as number,
      })),
      outputRows,
    }),
  };
}

function stateOperators(
  { operator, metrics, statePartitions }: FinishedBatch,
  phasesMs: BatchProgress['phasesMs'],
): StateOperatorProgress[] {
  const operatorName = operatorNameOf(operator);
  if (operatorName === null) return [];
  const { removalsMs = 0, memoryUsedBytes = 0, customMetrics = {} } = metrics;
  return [
    {
      operatorName,
      numRowsTotal: metrics.stateRows,
      numRowsUpdated: metrics.stateRowsUpdated,
      allUpdatesTimeMs: Math.round(phasesMs.aggregate - removalsMs),
      numRowsRemoved: metrics.stateRowsRemoved,
      allRemovalsTimeMs: Math.round(removalsMs),
      commitTimeMs: Math.round(phasesMs.stateCommit),
      memoryUsedBytes,
      numRowsDroppedByWatermark: metrics.lateRowsSparkCount,
      numShufflePartitions: statePartitions,
      numStateStoreInstances: statePartitions,
      customMetrics: { ...customMetrics, rawRowsDroppedByWatermark: metrics.lateRecords },
    },
  ];
}

function eventTimesOf(stepped: readonly SteppedBatch[]) {
  const seen = stepped.flatMap(({ eventTimes }) => (eventTimes === undefined ? [] : [eventTimes]));
  if (seen.length === 0) return undefined;
  const rows = seen.reduce((total, times) => total + times.rows, 0);
  return {
    maximumMs: Math.max(...seen.map(({ maximumMs }) => maximumMs)),
    minimumMs: Math.min(...seen.map(({ minimumMs }) => minimumMs)),
    averageMs: seen.reduce((total, { sumMs }) => total + sumMs, 0) / rows,
  };
}

const offsetFact = (name: string, offsets: Offsets = []) => ({ text: formatOffsets(name, offsets), offsets });
