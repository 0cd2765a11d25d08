/**
 * What the threads of a job share besides rings and bells: per input partition the next offset, the greatest event time read and
 * whether it is idle, per slot the watermark and the counters. Each cell has one writer. Aligned 8-byte loads and stores do not tear
 * on the 64-bit machines that Node runs on.
 */
export class JobMemory {
  readonly memory: SharedArrayBuffer;
  readonly positions: Float64Array;
  /** -Infinity before the first record. */
  readonly maxEventTimesMs: Float64Array;
  /** 1: holds nobody back. */
  readonly idle: Float64Array;
  /** Of each slot's operator: -Infinity before the first. */
  readonly watermarksMs: Float64Array;
  readonly lateRecords: Float64Array;
  readonly deadLetters: Float64Array;
  /** 1: the slot waits for slower partitions and wants to be rung when they move. */
  readonly #waiting: Int32Array;

  static allocate(partitions: number, slots: number): JobMemory {
    const memory = new SharedArrayBuffer(8 * (3 * partitions + 3 * slots) + 4 * slots);
    const job = new JobMemory(memory, partitions, slots);
    job.maxEventTimesMs.fill(Number.NEGATIVE_INFINITY);
    job.watermarksMs.fill(Number.NEGATIVE_INFINITY);
    return job;
  }

  constructor(memory: SharedArrayBuffer, partitions: number, slots: number) {
    this.memory = memory;
    let at = 0;
    const take = (length: number): Float64Array => {
      const array = new Float64Array(memory, at, length);
      at += 8 * length;
      return array;
    };
    this.positions = take(partitions);
    this.maxEventTimesMs = take(partitions);
    this.idle = take(partitions);
    this.watermarksMs = take(slots);
    this.lateRecords = take(slots);
    this.deadLetters = take(slots);
    this.#waiting = new Int32Array(memory, at, slots);
  }

  /** Slot: says that it waits for slower partitions. It looks at them once more afterwards. */
  waitForOthers(slot: number): void {
    Atomics.store(this.#waiting, slot, 1);
  }

  /** Any slot whose partitions moved: the slots that waited for that. */
  takeWaiting(slot: number): boolean {
    return Atomics.load(this.#waiting, slot) === 1 && Atomics.exchange(this.#waiting, slot, 0) === 1;
  }
}
