import { type Activity, CELL, cellsOf } from './slot-cells.ts';

/** One turn in so many is timed in finer parts. */
const SAMPLED_TURNS = 64;

export interface SlotMeterOptions {
  readonly memory: SharedArrayBuffer;
  readonly slot: number;
  readonly monotonicNs: () => bigint;
}

/**
 * Where a slot's time goes, measured at a few instants of each turn and never per record. The thread is always in one activity; an instant ends it
 * and charges it with the time since the one before (as Flink's TaskIOMetricGroup does with busy, back-pressured and idle time).
 *
 * The source calls the operator for the keys of its own slot. What that takes is sampled: in one turn of 64 each such call is timed.
 */
export class SlotMeter {
  readonly #cells: Float64Array;
  readonly #monotonicNs: () => bigint;
  #turns = 0;
  #sampling = false;
  #callStartedNs = 0n;

  constructor({ memory, slot, monotonicNs }: SlotMeterOptions) {
    this.#cells = cellsOf(memory, slot);
    this.#monotonicNs = monotonicNs;
    this.#cells[CELL.state] = CELL.idleMs;
    this.#cells[CELL.sinceMs] = this.#nowMs();
  }

  /** A turn begins: whatever the thread was in is over. */
  turnBegan(): void {
    this.charge(this.#cells[CELL.state] as Activity);
    this.#cells[CELL.state] = CELL.otherMs;
    this.#turns++;
  }

  /** The source's part of the turn begins; `charge` ends it. */
  sourceBegan(): void {
    this.#sampling = this.#turns % SAMPLED_TURNS === 0;
  }

  /** The time since the last instant belongs to this activity. */
  charge(activity: Activity): void {
    const cells = this.#cells;
    const nowMs = this.#nowMs();
    const elapsedMs = nowMs - (cells[CELL.sinceMs] as number);
    cells[activity]! += elapsedMs;
    if (this.#sampling && activity === CELL.sourceMs) {
      this.#sampling = false;
      cells[CELL.sampledSourceMs]! += elapsedMs;
    }
    cells[CELL.sinceMs] = nowMs;
  }

  /** The thread has nothing to do, or may not: until the next turn its time belongs to this activity. */
  sleeps(activity: Activity): void {
    this.charge(CELL.otherMs);
    this.#cells[CELL.state] = activity;
  }

  /** The operator begins to take in something: it counts where the source calls. */
  callBegan(): void {
    if (this.#sampling) {
      this.#callStartedNs = this.#monotonicNs();
    }
  }

  callEnded(): void {
    if (this.#sampling) {
      this.#cells[CELL.sampledOperatorMs]! += Number(this.#monotonicNs() - this.#callStartedNs) / 1e6;
    }
  }

  /** A run of records of one partition: how many were read, and how many of these went no further. */
  read(records: number, broken: number, dropped: number): void {
    const cells = this.#cells;
    cells[CELL.read]! += records;
    cells[CELL.broken]! += broken;
    cells[CELL.dropped]! += dropped;
  }

  /** A row left the asyncMaps of its source, and passed the steps behind them. */
  leftAsync(): void {
    this.#cells[CELL.asyncOut]!++;
  }

  /** The end of a turn, with totals since the slot was built. */
  turnEnded(operatorIn: number, results: number, otherOutputs: number): void {
    const cells = this.#cells;
    cells[CELL.operatorIn] = operatorIn;
    cells[CELL.results] = results;
    cells[CELL.otherOutputs] = otherOutputs;
  }

  #nowMs(): number {
    return Number(this.#monotonicNs()) / 1e6;
  }
}
