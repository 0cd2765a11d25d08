import type { Cell, Run } from '../../model/index.ts';
import { PAIRS, type PairName } from '../claim.ts';
import { cell } from './synthetic-result.ts';

/** Cells of both sides of a pair under one profile; a side without runs has no cell. */
export function sides(
  pair: PairName,
  profile: string,
  event: readonly Run[],
  batch: readonly Run[],
): readonly Cell[] {
  const { 'event-driven': eventEngine, 'micro-batch': batchEngine } = PAIRS[pair];
  return [
    ...(event.length === 0 ? [] : [cell(eventEngine, event, { profile })]),
    ...(batch.length === 0 ? [] : [cell(batchEngine, batch, { profile })]),
  ];
}
