import type { Row } from '../../pipeline/index.ts';
import { type ColumnBatch, columnsOfRows, rowReader, takeRows } from '../columnar/index.ts';
import type { PlanStep, RowStep } from './batch-plan.ts';

export interface SteppedBatch {
  readonly batch: ColumnBatch;
  /** Highest event time of all rows that passed the watermark step; undefined if none did. */
  readonly maxEventTimeMs: number | undefined;
}

/** Runs the row-wise part of a plan over one partition's rows. */
export function runSteps(steps: readonly PlanStep[], input: ColumnBatch): SteppedBatch {
  let batch = input;
  let maxEventTimeMs: number | undefined;
  for (const step of steps) {
    switch (step.kind) {
      case 'watermark':
        maxEventTimeMs = maximum(batch.numbers(step.field));
        break;
      case 'rows':
        batch = runRowStep(step, batch);
        break;
    }
  }
  return { batch, maxEventTimeMs };
}

function maximum(values: Float64Array): number | undefined {
  if (values.length === 0) return undefined;
  let highest = values[0] as number;
  for (let index = 1; index < values.length; index++) {
    if ((values[index] as number) > highest) highest = values[index] as number;
  }
  return highest;
}

function runRowStep({ functions, outputSchema }: RowStep, batch: ColumnBatch): ColumnBatch {
  const rowAt = rowReader(batch);
  const kept: Row[] = [];
  const indices = new Int32Array(batch.rowCount);
  for (let index = 0; index < batch.rowCount; index++) {
    const row = throughFunctions(functions, rowAt(index));
    if (row === undefined) continue;
    indices[kept.length] = index;
    kept.push(row);
  }
  const onlyFilters = functions.every(({ kind }) => kind === 'filter');
  return onlyFilters ? takeRows(batch, indices.subarray(0, kept.length)) : columnsOfRows(kept, outputSchema);
}

function throughFunctions(functions: RowStep['functions'], start: Row): Row | undefined {
  let row = start;
  for (const step of functions) {
    if (step.kind === 'map') row = step.map(row);
    else if (!step.predicate(row)) return undefined;
  }
  return row;
}
