/** Where a slot's figures stand in the memory that it shares with the coordinator; the slot alone writes them. */
export const CELL = {
  /** Milliseconds of the source's part of the turns. */
  sourceMs: 0,
  /** Milliseconds of the operator's part. */
  operatorMs: 1,
  /** Milliseconds awake outside both: the thread's clients fetched and sent, or state was read from disk. */
  otherMs: 2,
  backPressuredMs: 3,
  idleMs: 4,
  /** One of `CELL.sourceMs` to `CELL.idleMs`: what the time since `sinceMs` belongs to. */
  state: 5,
  /** Monotonic milliseconds of the last change of the five times; 0 before the slot was built. */
  sinceMs: 6,
  /** Of the turns that were sampled: the source's part, and what the operator took within it. */
  sampledSourceMs: 7,
  sampledOperatorMs: 8,
  /** Records read from the partitions. */
  read: 9,
  /** Those that did not decode. */
  broken: 10,
  /** Rows that a filter took away. */
  dropped: 11,
  /** Elements given to the keyed operator. */
  operatorIn: 12,
  results: 13,
  /** What else went to the sink: late records, side outputs, dead letters. */
  otherOutputs: 14,
  /** Rows that left the last asyncMap of their source and passed the steps behind it. */
  asyncOut: 15,
} as const;

const CELLS = 16;
const BYTES_A_CELL = 8;

/** What a part of a slot's time belongs to. */
export type Activity =
  | typeof CELL.sourceMs
  | typeof CELL.operatorMs
  | typeof CELL.otherMs
  | typeof CELL.backPressuredMs
  | typeof CELL.idleMs;

export function allocateCells(slots: number): SharedArrayBuffer {
  return new SharedArrayBuffer(BYTES_A_CELL * CELLS * slots);
}

export function cellsOf(memory: SharedArrayBuffer, slot: number): Float64Array {
  return new Float64Array(memory, BYTES_A_CELL * CELLS * slot, CELLS);
}
