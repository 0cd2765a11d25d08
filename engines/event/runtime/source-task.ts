import type { PartitionInput, RecordDecoder } from '../connect/index.ts';
import type { RawRecord } from '../exchange/index.ts';
import type { SlotMeter } from '../introspection/index.ts';
import type { EventTimeSource } from './event-time-source.ts';
import type { RowSteps } from './row-steps.ts';
import type { SourceOutput } from './source-output.ts';

/** Records of one partition between two looks at everything else a slot does. */
const RUN_RECORDS = 256;

/** One source of the job, as a slot runs it: how its records become rows, and where these go. */
export interface SlotSource {
  readonly decoder: RecordDecoder;
  /** Up to the first place where a row may wait. */
  readonly steps: RowSteps;
  /** Undefined: the dataflow has no watermark for this source, records carry Kafka's timestamp. */
  readonly eventTime: EventTimeSource | undefined;
  readonly output: SourceOutput;
  readonly onInputWanted: () => void;
}

export interface SourceTaskOptions {
  /** By the job's number of the source. */
  readonly sources: readonly SlotSource[];
  /** Of all sources. */
  readonly inputs: readonly PartitionInput[];
  /** Next offset of each partition, shared. */
  readonly positions: Float64Array;
  readonly maxEventTimesMs: Float64Array;
  readonly meter: SlotMeter;
}

/** What a step of the sources came to. `held-back`: partitions wait for slower ones of other slots. */
export type SourceStep = 'worked' | 'blocked' | 'held-back' | 'nothing';

/**
 * The sources of a slot: takes runs of records from its partitions in turn, decodes them, applies the row functions and hands them
 * on. Stops before the next record as soon as the output is blocked.
 */
export class SourceTask {
  readonly #options: SourceTaskOptions;
  readonly #raw: { -readonly [Field in keyof RawRecord]: RawRecord[Field] } = {
    buffer: Buffer.alloc(0),
    start: 0,
    end: 0,
  };
  /** Of each source: the greatest event time at which a partition may take a record in the step under way. */
  readonly #limitsMs: number[];
  #next = 0;
  /** Of the run under way. */
  #broken = 0;
  #dropped = 0;
  #endOffsets: readonly number[] | undefined;

  constructor(options: SourceTaskOptions) {
    this.#options = options;
    this.#limitsMs = options.sources.map(() => Number.POSITIVE_INFINITY);
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
    const { inputs, sources } = this.#options;
    let heldBack = false;
    let blocked = false;
    let worked = false;
    for (let source = 0; source < sources.length; source++) {
      this.#limitsMs[source] = sources[source]?.eventTime?.limitMs() ?? Number.POSITIVE_INFINITY;
    }
    for (let turn = 0; turn < inputs.length; turn++) {
      const input = inputs[this.#next % inputs.length] as PartitionInput;
      const source = sources[input.source] as SlotSource;
      this.#next++;
      if (this.#atEnd(input)) {
        source.eventTime?.onEnd(input.partition);
        continue;
      }
      if (input.batch === undefined) {
        continue;
      }
      if (source.output.blocked) {
        blocked = true;
        continue;
      }
      if (this.#run(input, source, this.#limitsMs[input.source] as number)) {
        worked = true;
      } else {
        heldBack = true;
      }
    }
    if (worked) {
      return 'worked';
    }
    return blocked ? 'blocked' : heldBack ? 'held-back' : 'nothing';
  }

  /** At each tick: partitions without a waiting record may be idle. */
  onTick(): void {
    const { inputs, sources } = this.#options;
    for (const input of inputs) {
      if (input.batch === undefined) {
        sources[input.source]?.eventTime?.onSilence(input.partition);
      }
    }
  }

  /** @returns whether any record was taken */
  #run(input: PartitionInput, source: SlotSource, limitMs: number): boolean {
    const { positions, maxEventTimesMs, meter } = this.#options;
    const { output, eventTime } = source;
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
      const timeMs = this.#record(input, source);
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
    if (count > 0 && source.steps.timed && eventTime !== undefined && maxMs !== Number.NEGATIVE_INFINITY) {
      eventTime.onRecords(input.partition, maxMs);
    }
    if (wasFull && !input.full) {
      source.onInputWanted();
    }
    return count > 0;
  }

  /** @returns the record's event time, -Infinity if it has none */
  #record(input: PartitionInput, { decoder, steps, output, eventTime }: SlotSource): number {
    const batch = input.batch as NonNullable<PartitionInput['batch']>;
    const index = input.index;
    const start = batch.valueStart[index] as number;
    const end = batch.valueEnd[index] as number;
    if (start < 0 || !decoder.decode(batch.buffer, start, end)) {
      this.#broken++;
      output.deadLetter(input);
      return Number.NEGATIVE_INFINITY;
    }
    if (steps.pass(decoder.row())) {
      const raw = this.#raw;
      raw.buffer = batch.buffer;
      raw.start = start;
      raw.end = end;
      const timestampMs = steps.timed ? steps.eventTimeMs : (batch.timestampsMs[index] as number);
      output.row(steps.row, timestampMs, raw, input.partition);
    } else {
      this.#dropped++;
    }
    if (steps.timed && eventTime?.watchesRows === true && steps.eventTimeMs !== Number.NEGATIVE_INFINITY) {
      eventTime.onRow(input.partition, steps.timedRow, steps.eventTimeMs);
    }
    return steps.eventTimeMs;
  }

  #atEnd(input: PartitionInput): boolean {
    const end = this.#endOffsets?.[input.partition];
    return end !== undefined && input.position >= end;
  }
}
