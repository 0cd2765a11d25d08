import { LatencyCounts } from '../histogram/index.ts';
import type { Schedule } from '../replay/index.ts';
import type { SecondSummary } from './observation.ts';
import type { SampleColumns } from './sample-columns.ts';

interface Second {
  readonly expected: number;
  /** Undefined once all of its samples are in. */
  counts: LatencyCounts | undefined;
  summary: SecondSummary;
  changed: boolean;
}

/** One histogram for each second of a schedule, by due instant; a second's is given back when all of its samples are in. */
export class LiveSeconds {
  readonly #dueNs: (sequence: number) => number;
  readonly #startUs: number;
  readonly #startsOf: Uint32Array;
  readonly #seconds: Second[] = [];
  /** First sequence number that is due after the seconds there are. */
  #nextSequence = 0;
  #taken = 0;

  /**
   * @param startUs start of the schedule on the observation's axis
   * @param startsOf how many samples' clocks each sequence number starts
   */
  constructor(schedule: Schedule, startUs: number, startsOf: Uint32Array) {
    this.#dueNs = (sequence) => schedule.dueNs(sequence);
    this.#startUs = startUs;
    this.#startsOf = startsOf;
  }

  /**
   * Takes in the samples that are new, and tells the seconds that changed since the last time.
   *
   * @param nowUs on the observation's axis: seconds that have begun by then are told of even when they have no samples
   */
  update(samples: SampleColumns, nowUs: number): SecondSummary[] {
    this.#take(samples);
    this.#openUpTo(Math.floor((nowUs - this.#startUs) / 1e6));
    const summaries: SecondSummary[] = [];
    for (const [index, second] of this.#seconds.entries()) {
      if (!second.changed) continue;
      summarize(second, index);
      summaries.push(second.summary);
    }
    return summaries;
  }

  #take(samples: SampleColumns): void {
    const sequences = samples.sequences();
    const arrivalsUs = samples.arrivalsUs();
    for (; this.#taken < sequences.length; this.#taken += 1) {
      const dueNs = this.#dueNs(sequences[this.#taken] as number);
      const index = Math.floor(dueNs / 1e9);
      if (index >= this.#seconds.length) this.#openUpTo(index);
      const second = this.#seconds[index] as Second;
      second.counts?.record((arrivalsUs[this.#taken] as number) - this.#startUs - dueNs / 1_000);
      second.changed = true;
    }
  }

  /** Opens all seconds up to and with this one, unless the schedule has ended before. */
  #openUpTo(last: number): void {
    const count = this.#startsOf.length;
    while (this.#seconds.length <= last && this.#nextSequence < count) {
      const second = this.#seconds.length;
      const endNs = (second + 1) * 1e9;
      let expected = 0;
      while (this.#nextSequence < count && this.#dueNs(this.#nextSequence) < endNs) {
        expected += this.#startsOf[this.#nextSequence] as number;
        this.#nextSequence += 1;
      }
      this.#seconds.push({
        expected,
        counts: new LatencyCounts(),
        summary: { second, expected, samples: 0, p50Us: null, p99Us: null, maxUs: null },
        changed: true,
      });
    }
  }
}

function summarize(second: Second, index: number): void {
  second.changed = false;
  const { counts, expected } = second;
  if (counts === undefined) return;
  second.summary = {
    second: index,
    expected,
    samples: counts.count,
    p50Us: counts.quantileUs(0.5),
    p99Us: counts.quantileUs(0.99),
    maxUs: counts.maxUs,
  };
  if (counts.count >= expected) second.counts = undefined;
}

/** How many samples' clocks each of `count` sequence numbers starts. */
export function countStarts(sampleSequences: Uint32Array, count: number): Uint32Array {
  const starts = new Uint32Array(count);
  for (const sequence of sampleSequences) starts[sequence] = (starts[sequence] as number) + 1;
  return starts;
}
