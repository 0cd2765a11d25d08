import type { Row } from '../../pipeline/index.ts';
import { type ColumnBatch, columnsOfRows, rowReader, rowsMeeting, takeRows } from '../columnar/index.ts';
import type { PlanStep, RowStep } from './batch-plan.ts';

export interface SteppedBatch {
  readonly batch: ColumnBatch;
  /** Of all rows that passed the watermark step, late ones included; undefined if none did. */
  readonly eventTimes: EventTimeStatistics | undefined;
}

/** EventTimeStats of Spark. */
interface EventTimeStatistics {
  readonly rows: number;
  readonly minimumMs: number;
  readonly maximumMs: number;
  readonly sumMs: number;
}

/** Runs the row-wise part of a plan over one partition's rows. */
export function runSteps(steps: readonly PlanStep[], input: ColumnBatch): SteppedBatch {
  let batch = input;
  let eventTimes: EventTimeStatistics | undefined;
  for (const step of steps) {
    switch (step.kind) {
      case 'watermark':
        eventTimes = statisticsOf(batch.numbers(step.field));
        break;
      case 'condition':
        batch = takeRows(batch, rowsMeeting(batch, step.condition), batch.names());
        break;
      case 'rows': {
        const pass = new RowPass(step, batch.rowCount);
        batch = pass.run(batch);
        eventTimes = pass.hasWatermark ? statisticsOf(pass.eventTimes) : eventTimes;
        break;
      }
    }
  }
  return { batch, eventTimes };
}

function statisticsOf(values: Float64Array): EventTimeStatistics | undefined {
  const rows = values.length;
  if (rows === 0) return undefined;
  let minimumMs = values[0] as number;
  let maximumMs = minimumMs;
  let sumMs = 0;
  for (let index = 0; index < rows; index++) {
    const timeMs = values[index] as number;
    if (timeMs > maximumMs) maximumMs = timeMs;
    else if (timeMs < minimumMs) minimumMs = timeMs;
    sumMs += timeMs;
  }
  return { rows, minimumMs, maximumMs, sumMs };
}

/** One pass of a row step over a batch. */
class RowPass {
  readonly hasWatermark: boolean;
  readonly #step: RowStep;
  readonly #eventTimes: Float64Array;
  #timed = 0;

  constructor(step: RowStep, rowCount: number) {
    this.#step = step;
    this.hasWatermark = step.functions.some(({ kind }) => kind === 'watermark');
    this.#eventTimes = new Float64Array(this.hasWatermark ? rowCount : 0);
  }

  /** Of the rows that reached the watermark among the functions. */
  get eventTimes(): Float64Array {
    return this.#eventTimes.subarray(0, this.#timed);
  }

  run(batch: ColumnBatch): ColumnBatch {
    const { functions, outputSchema } = this.#step;
    const rowAt = rowReader(batch);
    const kept: Row[] = [];
    const indices = new Int32Array(batch.rowCount);
    for (let index = 0; index < batch.rowCount; index++) {
      const row = this.#throughFunctions(rowAt(index));
      if (row === undefined) continue;
      indices[kept.length] = index;
      kept.push(row);
    }
    const isMapped = functions.some(({ kind }) => kind === 'map');
    return isMapped
      ? columnsOfRows(kept, outputSchema)
      : takeRows(batch, indices.subarray(0, kept.length), Object.keys(outputSchema));
  }

  #throughFunctions(start: Row): Row | undefined {
    let row = start;
    for (const step of this.#step.functions) {
      switch (step.kind) {
        case 'map':
          row = step.map(row);
          break;
        case 'filter':
          if (!step.predicate(row)) return undefined;
          break;
        case 'watermark':
          this.#eventTimes[this.#timed++] = row[step.field] as number;
          break;
      }
    }
    return row;
  }
}
