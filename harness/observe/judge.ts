import type { FetchedPartition } from '../../kafka/index.ts';
import type { Observation, ObservedTally } from './observation.ts';
import type { ExpectedRecords } from './protocol.ts';
import type { SampleColumns } from './sample-columns.ts';

const REASONS_KEPT = 10;
const QUOTED_CHARACTERS = 200;

/** Holds fetched records against what is expected, and keeps when each input was first covered. */
export interface Judge {
  readonly expected: ExpectedRecords;
  /** The input that starts each sample's clock, one entry a sample. */
  readonly expectedSequences: Uint32Array;
  readonly samples: SampleColumns;
  /** @param arrivalUs when the fetch that brought the records was answered */
  judge(fetched: FetchedPartition, arrivalUs: number): void;
  tally(): ObservedTally;
  observation(): Observation;
}

/** The first few reasons for which records were wrong, and how many were. */
export class WrongRecords {
  readonly #reasons: string[] = [];
  #count = 0;

  get count(): number {
    return this.#count;
  }

  get reasons(): readonly string[] {
    return [...this.#reasons];
  }

  /** @param value called only while reasons are kept */
  add(reason: string, value: () => string): void {
    this.#count += 1;
    if (this.#reasons.length < REASONS_KEPT)
      this.#reasons.push(`${reason}: ${value().slice(0, QUOTED_CHARACTERS)}`);
  }
}
