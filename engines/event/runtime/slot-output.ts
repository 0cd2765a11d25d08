import type { Row } from '../../pipeline/index.ts';
import { OutputPartitioner, type OutputSink, type PartitionInput, ResultEncoder } from '../connect/index.ts';
import type { RawRecord } from '../exchange/index.ts';
import type { OperatorOutput } from '../operator/index.ts';
import type { Key } from '../state/index.ts';
import type { JobMemory } from './job-memory.ts';
import type { JobPlan, SourcePlan } from './job-plan.ts';

/** Encodes what a slot puts out: results, late records and dead letters. Records of one key keep their order and their partition. */
export class SlotOutput implements OperatorOutput<RawRecord | undefined> {
  readonly #plan: JobPlan;
  readonly #sink: OutputSink;
  readonly #slot: number;
  readonly #memory: JobMemory;
  readonly #partitioners: readonly OutputPartitioner[];
  readonly #partitionCounts: readonly number[];
  readonly #encoder: ResultEncoder;
  readonly #sideEncoders: ReadonlyMap<string, ResultEncoder>;
  #results = 0;
  #others = 0;

  constructor(
    plan: JobPlan,
    sink: OutputSink,
    slot: number,
    memory: JobMemory,
    partitionCounts: readonly number[],
  ) {
    this.#plan = plan;
    this.#sink = sink;
    this.#slot = slot;
    this.#memory = memory;
    this.#partitionCounts = partitionCounts;
    this.#partitioners = partitionCounts.map((count) => new OutputPartitioner(count));
    this.#encoder = new ResultEncoder(plan.resultSchema);
    this.#sideEncoders = new Map(
      Object.entries(plan.sideSchemas).map(([name, schema]) => [name, new ResultEncoder(schema)]),
    );
  }

  /** Rows put out so far. */
  get results(): number {
    return this.#results;
  }

  /** What else went to the sink: late records, side outputs, dead letters. */
  get others(): number {
    return this.#others;
  }

  emit(key: Key, row: Row): void {
    this.#results++;
    const output = this.#plan.resultOutput;
    const { keyBytes, partition } = (this.#partitioners[output] as OutputPartitioner).target(key);
    this.#sink.write(output, partition, keyBytes, this.#encoder.encode(row));
  }

  /** A row of a dataflow without a key: it stays in the partition that it came from, as far as the output has it. */
  emitKeyless(row: Row, inputPartition: number): void {
    this.#results++;
    const output = this.#plan.resultOutput;
    this.#sink.write(output, this.#spread(output, inputPartition), null, this.#encoder.encode(row));
  }

  late(raw: RawRecord | undefined): void {
    this.#memory.lateRecords[this.#slot]!++;
    const output = this.#plan.lateOutput;
    if (output === undefined || raw === undefined) {
      return;
    }
    this.#others++;
    const value = raw.buffer.subarray(raw.start, raw.end);
    this.#sink.write(
      output,
      (this.#partitioners[output] as OutputPartitioner).partitionOf(value),
      null,
      value,
    );
  }

  side(name: string, key: Key, row: Row): void {
    this.#others++;
    const output = this.#plan.outputs.indexOf(name);
    const { keyBytes, partition } = (this.#partitioners[output] as OutputPartitioner).target(key);
    this.#sink.write(
      output,
      partition,
      keyBytes,
      (this.#sideEncoders.get(name) as ResultEncoder).encode(row),
    );
  }

  /** The record under way, unchanged. */
  deadLetter(input: PartitionInput): void {
    this.#memory.deadLetters[this.#slot]!++;
    this.#others++;
    const batch = input.batch as NonNullable<PartitionInput['batch']>;
    const keyStart = batch.keyStart[input.index] as number;
    const valueStart = batch.valueStart[input.index] as number;
    const key = keyStart < 0 ? null : batch.buffer.subarray(keyStart, batch.keyEnd[input.index]);
    const value = valueStart < 0 ? null : batch.buffer.subarray(valueStart, batch.valueEnd[input.index]);
    const output = (this.#plan.sources[input.source] as SourcePlan).deadLetterOutput;
    const partition =
      key === null
        ? this.#spread(output, input.topicPartition)
        : (this.#partitioners[output] as OutputPartitioner).partitionOf(key);
    this.#sink.write(output, partition, key, value);
  }

  #spread(output: number, inputPartition: number): number {
    return inputPartition % (this.#partitionCounts[output] as number);
  }
}
