import type { RecordBatch } from '../../../../kafka/index.ts';
import type { ScriptedInput } from './scripted-client.ts';

/** When the records of all partitions are due, in turn, at a constant rate. */
export interface OpenLoopSchedule {
  readonly ratePerSecond: number;
  readonly partitions: number;
  readonly keys: number;
  /** A partition that has no records from this instant on, milliseconds since the start. */
  readonly silent: { readonly partition: number; readonly fromMs: number } | undefined;
}

/** Records that are there as soon as they are due, whatever became of the ones before (an open loop: a slow engine gets longer fetches). */
export class OpenLoopInput implements ScriptedInput {
  readonly #schedule: OpenLoopSchedule;
  readonly #elapsedMs: () => number;

  /** @param elapsedMs since the start of the schedule */
  constructor(schedule: OpenLoopSchedule, elapsedMs: () => number) {
    this.#schedule = schedule;
    this.#elapsedMs = elapsedMs;
  }

  next(partition: number, offset: number): RecordBatch | undefined {
    const { silent } = this.#schedule;
    const untilMs = Math.min(
      this.#elapsedMs(),
      silent?.partition === partition ? silent.fromMs : Number.POSITIVE_INFINITY,
    );
    const texts: string[] = [];
    for (;;) {
      const sequence = (offset + texts.length) * this.#schedule.partitions + partition;
      const dueMs = (sequence * 1_000) / this.#schedule.ratePerSecond;
      if (dueMs > untilMs) break;
      const shop = `s${(sequence * 7_919) % this.#schedule.keys}`;
      texts.push(`{"shop":"${shop}","timeMs":${Math.floor(dueMs)},"dueMs":${dueMs}}`);
    }
    return texts.length === 0 ? undefined : batchOf(texts, offset);
  }
}

function batchOf(texts: readonly string[], offset: number): RecordBatch {
  const count = texts.length;
  const buffer = Buffer.from(texts.join(''));
  const valueStart = new Int32Array(count);
  const valueEnd = new Int32Array(count);
  let at = 0;
  texts.forEach((text, index) => {
    valueStart[index] = at;
    at += text.length;
    valueEnd[index] = at;
  });
  return {
    buffer,
    count,
    valueStart,
    valueEnd,
    keyStart: new Int32Array(count).fill(-1),
    keyEnd: new Int32Array(count).fill(-1),
    offsets: Float64Array.from({ length: count }, (_, index) => offset + index),
    timestampsMs: new Float64Array(count),
    headers: () => [],
  };
}
