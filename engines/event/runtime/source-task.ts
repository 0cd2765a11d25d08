import type { Row } from '../../pipeline/index.ts';
import type { PartitionInput, RecordDecoder } from '../connect/index.ts';
import type { RawRecord } from '../exchange/index.ts';
import type { SlotMeter } from '../introspection/index.ts';
import type { EventTimeSource } from './event-time-source.ts';
import type { RowStep } from './job-plan.ts';

/** Records of one partition between two looks at everything else a slot does. */
const RUN_RECORDS = 256;

/** Where the source's rows go: the keyed operators of all slots, or the sink. */
export interface SourceOutput {
  /** True when no further record may be started. */
  readonly blocked: boolean;
  row(row: Row, timestampMs: number, raw: RawRecord, partition: number): void;
  deadLetter(input: PartitionInput): void;
}

export interface SourceTaskOptions {
  readonly inputs: readonly PartitionInput[];
  readonly decoder: RecordDecoder;
  readonly steps: readonly RowStep[];
  /** Undefined: the dataflow has no watermark, records carry Kafka's timestamp. */
  readonly eventTime: EventTimeSource | undefined;
  readonly output: SourceOutput;
  /** Next offset of each partition, shared. */
  readonly positions: Float64Array;
  readonly maxEventTimesMs: Float64Array;
  readonly meter: SlotMeter;
  readonly onInputWanted: () => void;
}

/** What a step of the source came to. `held-back`: partitions wait for slower ones of other slots. */
export type SourceStep = 'worked' | 'blocked' | 'held-back' | 'nothing';

/**
 * The source of a slot: takes runs of records from its partitions in turn, decodes them, applies the row functions and hands them
 * on. Stops before the next record as soon as the output is blocked.
 */
export class SourceTask {
  readonly #options: SourceTaskOptions;
  readonly #timeField: string | undefined;
  readonly #raw: { -readonly [Field in keyof RawRecord]: RawRecord[Field] } = {
    buffer: Buffer.alloc(0),
    start: 0,
    end: 0,
  };
  #next = 0;
  /** Of the run under way. */
  #broken = 0;
  #dropped = 0;
  #endOffsets: readonly number[] | undefined;

  constructor(options: SourceTaskOptions) {
    this.#options = options;
    this.#timeField = options.steps.find((step) => step.kind === 'watermark')?.field;
  }

  /** From here on nothing at or after these offsets is read. */
  endAt(endOffsets: readonly number[]): void {
    this.#endOffsets = endOffsets;
  }

  /** Whether all partitions are at their end, after `endAt`. */
  get finished(): boolean {
    const ends = this.#endOffsets;
    return (
      ends !== undefined &&
      this.#options.inputs.every((input) => input.position >= (ends[input.partition] as number))
    );
  }

  /** A run of records of each partition that has some. */
  step(): SourceStep {
    const { inputs, output, eventTime } = this.#options;
    let heldBack = false;
    let worked = false;
    const limitMs = eventTime?.limitMs() ?? Number.POSITIVE_INFINITY;
    for (let turn = 0; turn < inputs.length; turn++) {
      const input = inputs[this.#next % inputs.length] as PartitionInput;
      this.#next++;
      if (this.#atEnd(input)) {
        eventTime?.onEnd(input.partition);
        continue;
      }
      if (input.batch === undefined) {
        continue;
      }
      if (output.blocked) {
        return worked ? 'worked' : 'blocked';
      }
      if (this.#run(input, limitMs)) {
        worked = true;
      } else {
        heldBack = true;
      }
    }
    return worked ? 'worked' : heldBack ? 'held-back' : 'nothing';
  }

  /** At each tick: partitions without a waiting record may be idle. */
  onTick(): void {
    const { inputs, eventTime } = this.#options;
    if (eventTime === undefined) {
      return;
    }
    for (const input of inputs) {
      if (input.batch === undefined) {
        eventTime.onSilence(input.partition);
      }
    }
  }

  /** @returns whether any record was taken */
  #run(input: PartitionInput, limitMs: number): boolean {
    const { output, eventTime, positions, maxEventTimesMs, meter, onInputWanted } = this.#options;
    this.#broken = 0;
    this.#dropped = 0;
    const end = this.#endOffsets?.[input.partition] ?? Number.POSITIVE_INFINITY;
    const wasFull = input.full;
    let maxMs = maxEventTimesMs[input.partition] as number;
    let count = 0;
    while (count < RUN_RECORDS && maxMs <= limitMs && !output.blocked) {
      const batch = input.batch;
      if (batch === undefined) {
        break;
      }
      const offset = batch.offsets[input.index] as number;
      if (offset >= end) {
        break;
      }
      const timeMs = this.#record(input);
      if (timeMs > maxMs) {
        maxMs = timeMs;
      }
      count++;
      input.position = offset + 1;
      input.index++;
      if (input.index === batch.count) {
        input.nextBatch();
      }
    }
    positions[input.partition] = input.position;
    meter.read(count, this.#broken, this.#dropped);
    if (count > 0 && eventTime !== undefined && maxMs !== Number.NEGATIVE_INFINITY) {
      eventTime.onRecords(input.partition, maxMs);
    }
    if (wasFull && !input.full) {
      onInputWanted();
    }
    return count > 0;
  }

  /** @returns the record's event time, -Infinity if it has none */
  #record(input: PartitionInput): number {
    const { decoder, output, steps } = this.#options;
    const batch = input.batch as NonNullable<PartitionInput['batch']>;
    const index = input.index;
    const start = batch.valueStart[index] as number;
    const end = batch.valueEnd[index] as number;
    if (start < 0 || !decoder.decode(batch.buffer, start, end)) {
      this.#broken++;
      output.deadLetter(input);
      return Number.NEGATIVE_INFINITY;
    }
    let row = decoder.row();
    let eventTimeMs = Number.NEGATIVE_INFINITY;
    let kept = true;
    for (let at = 0; at < steps.length && kept; at++) {
      const step = steps[at] as RowStep;
      switch (step.kind) {
        case 'map':
          row = step.map(row);
          break;
        case 'filter':
          kept = step.predicate(row);
          break;
        case 'watermark':
          eventTimeMs = row[step.field] as number;
          break;
      }
    }
    if (kept) {
      const raw = this.#raw;
      raw.buffer = batch.buffer;
      raw.start = start;
      raw.end = end;
      const timestampMs = this.#timeField === undefined ? (batch.timestampsMs[index] as number) : eventTimeMs;
      output.row(row, timestampMs, raw, input.partition);
    } else {
      this.#dropped++;
    }
    return eventTimeMs;
  }

  #atEnd(input: PartitionInput): boolean {
    const end = this.#endOffsets?.[input.partition];
    return end !== undefined && input.position >= end;
  }
}
