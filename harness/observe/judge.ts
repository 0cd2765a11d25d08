import { type FetchedPartition, valueText } from '../../kafka/index.ts';
import type { Oracle } from '../../workloads/index.ts';
import { InstantColumns } from './growing-columns.ts';
import type { Observation, ObservedTally } from './observation.ts';

const REASONS_KEPT = 10;

/** Feeds fetched output records to the oracle, and keeps when each input was first covered. */
export class Judge {
  readonly #oracle: Oracle;
  readonly #logicalOutput: ReadonlyMap<string, string>;
  readonly #samples = new InstantColumns();
  readonly #covering = new InstantColumns();
  readonly #reasons: string[] = [];
  #outputs = 0;
  #repeats = 0;
  #wrong = 0;
  #arrivalUs = 0;
  #newestCovered = -1;

  /** @param logicalOutput topic to logical output */
  constructor(oracle: Oracle, logicalOutput: ReadonlyMap<string, string>) {
    this.#oracle = oracle;
    this.#logicalOutput = logicalOutput;
  }

  /** @param arrivalUs when the fetch that brought the records was answered */
  judge(fetched: FetchedPartition, arrivalUs: number): void {
    const output = this.#logicalOutput.get(fetched.topic) as string;
    this.#arrivalUs = arrivalUs;
    for (const batch of fetched.batches) {
      for (let index = 0; index < batch.count; index += 1)
        this.#judgeOne(output, valueText(batch, index) ?? '');
    }
  }

  tally(): ObservedTally {
    return {
      outputs: this.#outputs,
      covered: this.#samples.length,
      repeats: this.#repeats,
      wrong: this.#wrong,
      reasons: [...this.#reasons],
      missing: this.#oracle.missing(),
    };
  }

  observation(): Observation {
    return {
      sampleSequences: this.#samples.sequences(),
      sampleArrivalsUs: this.#samples.instantsUs(),
      outputNewestSequences: this.#covering.sequences(),
      outputArrivalsUs: this.#covering.instantsUs(),
      tally: this.tally(),
    };
  }

  readonly #cover = (sequence: number): void => {
    this.#samples.push(sequence, this.#arrivalUs);
    if (sequence > this.#newestCovered) this.#newestCovered = sequence;
  };

  #judgeOne(output: string, value: string): void {
    this.#outputs += 1;
    this.#newestCovered = -1;
    const verdict = this.#oracle.observe(output, value, this.#cover);
    switch (verdict.kind) {
      case 'covers':
        this.#covering.push(this.#newestCovered, this.#arrivalUs);
        return;
      case 'repeat':
        this.#repeats += 1;
        return;
      case 'unmeasured':
        return;
      case 'wrong':
        this.#wrong += 1;
        if (this.#reasons.length < REASONS_KEPT)
          this.#reasons.push(`${output}: ${verdict.reason}: ${value.slice(0, 200)}`);
        return;
      default:
        verdict satisfies never;
    }
  }
}
