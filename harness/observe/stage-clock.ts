import type { RecordBatch } from '../../kafka/index.ts';
import type { FirstSeen } from './first-seen.ts';
import type { SampleColumns } from './sample-columns.ts';

/** Kafka's create time is cut to whole milliseconds: the middle of the millisecond is off by no more than half of one. */
const MIDDLE_MS = 0.5;

/** Finds the instants at which an output passed the stages before visibility, on the observation's axis. */
export class StageClock {
  readonly #firstSeen: FirstSeen | null;
  /** Of the observation's zero, on the wall clock. */
  readonly #zeroMs: number;

  /**
   * @param originNs zero of the observation's axis
   * @param wallOffsetMs as `wallClockOffsetMs` gives it
   * @param firstSeen null where an output is visible as soon as it is appended
   */
  constructor(originNs: bigint, wallOffsetMs: number, firstSeen: FirstSeen | null) {
    this.#zeroMs = Number(originNs) / 1e6 + wallOffsetMs;
    this.#firstSeen = firstSeen;
  }

  /** Sets the stages of a record in the columns, whose arrival is set already. */
  set(samples: SampleColumns, partition: number, batch: RecordBatch, index: number): void {
    samples.emittedUs = ((batch.timestampsMs[index] as number) + MIDDLE_MS - this.#zeroMs) * 1_000;
    if (this.#firstSeen !== null) {
      const offset = batch.offsets[index] as number;
      samples.appendedUs = this.#firstSeen.lookUp(partition, offset, samples.arrivalUs);
    }
  }
}
