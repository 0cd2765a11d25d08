import type { BatchReport } from '../../pipeline/index.ts';
import type { EngineProgress } from '../../pipeline/process/index.ts';
import type { QueryProgress } from './driver-events.ts';

/** How far the query is, over all starts of the driver: its own counters begin anew with each. */
export class DriverProgress {
  readonly #inputTopic: string;
  readonly #lateRows = new Map<number, number>();
  #positions: readonly number[] = [];
  #watermarkMs: number | null = null;

  constructor(inputTopic: string) {
    this.#inputTopic = inputTopic;
  }

  /** A batch that is run again after a failure has the id that it had, and counts once. */
  hear({ batchId, sources, stateOperators, eventTime }: QueryProgress): void {
    const ends = Object.entries(sources[0]?.endOffset?.[this.#inputTopic] ?? {});
    if (ends.length > 0) {
      const positions = [...this.#positions];
      for (const [partition, offset] of ends) positions[Number(partition)] = offset;
      this.#positions = positions;
    }
    const late = stateOperators.reduce((sum, operator) => sum + operator.numRowsDroppedByWatermark, 0);
    this.#lateRows.set(batchId, late);
    // The epoch stands for "none yet" in Spark.
    const watermarkMs = Date.parse(eventTime?.watermark ?? '');
    if (watermarkMs > 0) this.#watermarkMs = watermarkMs;
  }

  /** Spark reports a batch when its commit is logged: what was read is committed. */
  now(): EngineProgress {
    return {
      positions: this.#positions,
      committedPositions: this.#positions,
      watermarkMs: this.#watermarkMs,
      lateRecords: null,
      lateRowsSparkCount: [...this.#lateRows.values()].reduce((sum, late) => sum + late, 0),
      deadLetters: 0,
    };
  }
}

/** A batch in the terms that all engines share. The instant of the event is a few milliseconds after the commit: Spark's listener bus is asynchronous. */
export function batchReport(atNs: bigint, progress: QueryProgress): BatchReport {
  const { triggerExecution = progress.batchDuration, ...phasesMs } = progress.durationMs;
  return {
    batchId: progress.batchId,
    startedAtNs: atNs - BigInt(Math.round(triggerExecution * 1e6)),
    durationMs: triggerExecution,
    inputRows: progress.numInputRows,
    outputRows: progress.sink.numOutputRows,
    phasesMs,
    bytesWritten: 0,
  };
}
