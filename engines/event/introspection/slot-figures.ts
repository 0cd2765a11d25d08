import { CELL, cellsOf } from './slot-cells.ts';

/** A slot's figures at one instant, since it was built; times in milliseconds. */
export interface SlotFigures {
  readonly sourceMs: number;
  readonly operatorMs: number;
  /** Awake outside both parts. */
  readonly otherMs: number;
  readonly backPressuredMs: number;
  readonly idleMs: number;
  readonly read: number;
  readonly decoded: number;
  /** Rows that passed the steps, up to the first asyncMap. */
  readonly kept: number;
  readonly asyncOut: number;
  readonly operatorIn: number;
  readonly results: number;
  readonly otherOutputs: number;
}

/** Tries to see times and their instant as they belong together. */
const LOOKS = 3;

/**
 * Reads what a slot tells, from another thread, which does not stop for it. The time since its last instant is added to the activity that it is in: a
 * slot that sleeps for long tells nothing meanwhile.
 */
export function readSlotFigures(memory: SharedArrayBuffer, slot: number, nowMs: number): SlotFigures {
  const shared = cellsOf(memory, slot);
  let cells = shared.slice();
  for (let look = 1; look < LOOKS && shared[CELL.sinceMs] !== cells[CELL.sinceMs]; look++) {
    cells = shared.slice();
  }
  const at = (cell: number): number => cells[cell] as number;
  if (at(CELL.sinceMs) > 0) {
    cells[at(CELL.state)]! += Math.max(0, nowMs - at(CELL.sinceMs));
  }
  // The share of the source's part that the operator took in the turns that were sampled stands for that of all turns.
  const sampledMs = at(CELL.sampledSourceMs);
  const within = sampledMs > 0 ? Math.min(1, at(CELL.sampledOperatorMs) / sampledMs) : 0;
  const decoded = at(CELL.read) - at(CELL.broken);
  return {
    sourceMs: at(CELL.sourceMs) * (1 - within),
    operatorMs: at(CELL.operatorMs) + at(CELL.sourceMs) * within,
    otherMs: at(CELL.otherMs),
    backPressuredMs: at(CELL.backPressuredMs),
    idleMs: at(CELL.idleMs),
    read: at(CELL.read),
    decoded,
    kept: decoded - at(CELL.dropped),
    asyncOut: at(CELL.asyncOut),
    operatorIn: at(CELL.operatorIn),
    results: at(CELL.results),
    otherOutputs: at(CELL.otherOutputs),
  };
}
