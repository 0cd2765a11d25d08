import type { FetchedPartition, RecordBatch } from '../../kafka/index.ts';
import { type Oracle, OUTPUTS } from '../../workloads/index.ts';
import { type Judge, WrongRecords } from './judge.ts';
import type { Observation, ObservedTally } from './observation.ts';
import type { ExpectedRecords } from './protocol.ts';
import type { SampleColumns } from './sample-columns.ts';
import type { StageClock } from './stage-clock.ts';

/** Feeds the outputs of an engine to the oracle of the workload. */
export class OracleJudge implements Judge {
  readonly expected: ExpectedRecords;
  readonly expectedSequences: Uint32Array;
  readonly samples: SampleColumns;
  readonly #oracle: Oracle;
  readonly #logicalOutput: ReadonlyMap<string, string>;
  readonly #stages: StageClock | null;
  /** Each covering output covers a sample that none before it did, so there are no more of them than samples. */
  readonly #coveringSequences: Uint32Array;
  readonly #coveringArrivalsUs: Float64Array;
  readonly #wrong = new WrongRecords();
  #coverings = 0;
  #outputs = 0;
  #repeats = 0;
  #newestCovered = -1;

  /** @param logicalOutput topic to logical output */
  constructor(
    oracle: Oracle,
    logicalOutput: ReadonlyMap<string, string>,
    samples: SampleColumns,
    stages: StageClock | null,
  ) {
    const { expectedSamples, expectedLateRecords: lateRecords, expectedDeadLetters: deadLetters } = oracle;
    this.expected = { samples: expectedSamples, lateRecords, deadLetters };
    this.expectedSequences = oracle.sampleSequences;
    this.samples = samples;
    this.#oracle = oracle;
    this.#logicalOutput = logicalOutput;
    this.#stages = stages;
    this.#coveringSequences = new Uint32Array(expectedSamples);
    this.#coveringArrivalsUs = new Float64Array(expectedSamples);
  }

  judge({ topic, partition, batches }: FetchedPartition, arrivalUs: number): void {
    const output = this.#logicalOutput.get(topic) as string;
    const stages = output === OUTPUTS.result ? this.#stages : null;
    this.samples.arrivalUs = arrivalUs;
    for (const batch of batches) {
      for (let index = 0; index < batch.count; index += 1) {
        stages?.set(this.samples, partition, batch, index);
        this.#judgeOne(output, valueBytes(batch, index), arrivalUs);
      }
    }
  }

  tally(): ObservedTally {
    return {
      outputs: this.#outputs,
      covered: this.samples.length,
      repeats: this.#repeats,
      wrong: this.#wrong.count,
      reasons: this.#wrong.reasons,
      missing: this.#oracle.missing(),
    };
  }

  observation(): Observation {
    return {
      sampleSequences: this.samples.sequences(),
      sampleArrivalsUs: this.samples.arrivalsUs(),
      sampleEmittedUs: this.samples.emittedUsOrNull(),
      sampleAppendedUs: this.samples.appendedUsOrNull(),
      outputNewestSequences: this.#coveringSequences.subarray(0, this.#coverings),
      outputArrivalsUs: this.#coveringArrivalsUs.subarray(0, this.#coverings),
      tally: this.tally(),
    };
  }

  readonly #cover = (sequence: number): void => {
    this.samples.push(sequence);
    if (sequence > this.#newestCovered) this.#newestCovered = sequence;
  };

  #judgeOne(output: string, value: Uint8Array, arrivalUs: number): void {
    this.#outputs += 1;
    this.#newestCovered = -1;
    const verdict = this.#oracle.observe(output, value, this.#cover);
    switch (verdict.kind) {
      case 'covers':
        this.#coveringSequences[this.#coverings] = this.#newestCovered;
        this.#coveringArrivalsUs[this.#coverings] = arrivalUs;
        this.#coverings += 1;
        return;
      case 'repeat':
        this.#repeats += 1;
        return;
      case 'unmeasured':
        return;
      case 'wrong':
        this.#wrong.add(`${output}: ${verdict.reason}`, () => new TextDecoder().decode(value));
        return;
      default:
        verdict satisfies never;
    }
  }
}

/** A view; of a null value an empty one. */
function valueBytes({ buffer, valueStart, valueEnd }: RecordBatch, index: number): Uint8Array {
  const start = valueStart[index] as number;
  return start < 0 ? buffer.subarray(0, 0) : buffer.subarray(start, valueEnd[index]);
}
