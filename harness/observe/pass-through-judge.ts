import type { FetchedPartition, RecordBatch } from '../../kafka/index.ts';
import type { RecordedLog } from '../../workloads/index.ts';
import { type Judge, WrongRecords } from './judge.ts';
import type { Observation, ObservedTally } from './observation.ts';
import type { ExpectedRecords } from './protocol.ts';
import type { SampleColumns } from './sample-columns.ts';
import type { StageClock } from './stage-clock.ts';

const WORD = 4;

/**
 * No engine: the n-th record of an input partition must be, byte for byte, the n-th that the log holds for it, and covers that input alone.
 * The cheapest check there is, so that floor and ceiling are those of generator and broker.
 */
export class PassThroughJudge implements Judge {
  readonly expected: ExpectedRecords;
  readonly expectedSequences: Uint32Array;
  readonly samples: SampleColumns;
  readonly #log: RecordedLog;
  readonly #logWords: DataView;
  readonly #stages: StageClock | null;
  /** The log's sequence numbers, partition by partition, and where each partition's next one stands. */
  readonly #sequences: Uint32Array;
  readonly #next: Uint32Array;
  readonly #end: Uint32Array;
  readonly #wrong = new WrongRecords();
  #outputs = 0;

  constructor(log: RecordedLog, samples: SampleColumns, stages: StageClock | null) {
    this.samples = samples;
    this.expected = { samples: log.count, lateRecords: 0, deadLetters: 0 };
    this.expectedSequences = Uint32Array.from({ length: log.count }, (_, sequence) => sequence);
    this.#log = log;
    this.#logWords = wordsOf(log.values);
    this.#stages = stages;
    const { partitions } = log.specification;
    const counts = new Uint32Array(partitions);
    for (const partition of log.partitionOf) counts[partition] = (counts[partition] as number) + 1;
    let total = 0;
    this.#end = counts.map((count) => (total += count));
    this.#next = this.#end.map((end, partition) => end - (counts[partition] as number));
    this.#sequences = new Uint32Array(log.count);
    const fill = this.#next.slice();
    for (let sequence = 0; sequence < log.count; sequence += 1) {
      const partition = log.partitionOf[sequence] as number;
      const at = fill[partition] as number;
      this.#sequences[at] = sequence;
      fill[partition] = at + 1;
    }
  }

  judge({ partition, batches }: FetchedPartition, arrivalUs: number): void {
    this.samples.arrivalUs = arrivalUs;
    let at = this.#next[partition] ?? 0;
    const end = this.#end[partition] ?? 0;
    for (const batch of batches) {
      this.#outputs += batch.count;
      const words = wordsOf(batch.buffer);
      for (let index = 0; index < batch.count; index += 1) {
        const sequence = at < end ? (this.#sequences[at] as number) : -1;
        at += 1;
        if (sequence >= 0 && this.#isRecord(sequence, words, batch, index)) {
          this.#stages?.set(this.samples, partition, batch, index);
          this.samples.push(sequence);
        } else {
          this.#reject(sequence, partition, batch, index);
        }
      }
    }
    this.#next[partition] = Math.min(at, end);
  }

  tally(): ObservedTally {
    const covered = this.samples.length;
    return {
      outputs: this.#outputs,
      covered,
      repeats: 0,
      wrong: this.#wrong.count,
      reasons: this.#wrong.reasons,
      missing: { samples: this.#log.count - covered, lateRecords: 0, deadLetters: 0 },
    };
  }

  observation(): Observation {
    const sampleSequences = this.samples.sequences();
    const sampleArrivalsUs = this.samples.arrivalsUs();
    return {
      sampleSequences,
      sampleArrivalsUs,
      sampleEmittedUs: this.samples.emittedUsOrNull(),
      sampleAppendedUs: this.samples.appendedUsOrNull(),
      outputNewestSequences: sampleSequences,
      outputArrivalsUs: sampleArrivalsUs,
      tally: this.tally(),
    };
  }

  /** By words of four bytes: twice as fast as byte by byte, or as a call into the runtime. */
  #isRecord(
    sequence: number,
    words: DataView,
    { valueStart, valueEnd }: RecordBatch,
    index: number,
  ): boolean {
    const log = this.#log;
    const logWords = this.#logWords;
    let expected = log.valueStart[sequence] as number;
    let at = valueStart[index] as number;
    const stop = valueEnd[index] as number;
    if (at < 0 || (log.valueStart[sequence + 1] as number) - expected !== stop - at) return false;
    for (; at + WORD <= stop; at += WORD, expected += WORD) {
      if (words.getInt32(at) !== logWords.getInt32(expected)) return false;
    }
    for (; at < stop; at += 1, expected += 1) {
      if (words.getInt8(at) !== logWords.getInt8(expected)) return false;
    }
    return true;
  }

  #reject(
    sequence: number,
    partition: number,
    { buffer, valueStart, valueEnd }: RecordBatch,
    index: number,
  ): void {
    const reason = sequence < 0 ? 'more than the log holds' : `not record ${sequence} of the log`;
    this.#wrong.add(`partition ${partition}: ${reason}`, () =>
      buffer.toString('utf8', Math.max(0, valueStart[index] as number), valueEnd[index]),
    );
  }
}

function wordsOf({ buffer, byteOffset, byteLength }: Uint8Array): DataView {
  return new DataView(buffer, byteOffset, byteLength);
}
