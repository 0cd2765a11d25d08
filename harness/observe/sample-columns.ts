/** Which stages before visibility are kept beside each sample's arrival. */
export interface KeptStages {
  readonly emitted: boolean;
  readonly appended: boolean;
}

/**
 * The samples of a run as columns, with room for all that are expected from the start: memory is taken as it is written to, and no growth
 * copies a hundred megabytes while outputs wait. Set the instants of the output at hand, then push what it covers.
 */
export class SampleColumns {
  arrivalUs = 0;
  emittedUs = 0;
  appendedUs = 0;
  readonly #sequences: Uint32Array;
  readonly #arrivalsUs: Float64Array;
  readonly #emittedUs: Float64Array | null;
  readonly #appendedUs: Float64Array | null;
  #length = 0;

  /** @param capacity samples expected: more must not be pushed */
  constructor(capacity: number, { emitted, appended }: KeptStages) {
    this.#sequences = new Uint32Array(capacity);
    this.#arrivalsUs = new Float64Array(capacity);
    this.#emittedUs = emitted ? new Float64Array(capacity) : null;
    this.#appendedUs = appended ? new Float64Array(capacity) : null;
  }

  get length(): number {
    return this.#length;
  }

  push(sequence: number): void {
    const at = this.#length;
    if (at === this.#sequences.length) throw new Error(`more than the ${at} samples that are expected`);
    this.#sequences[at] = sequence;
    this.#arrivalsUs[at] = this.arrivalUs;
    if (this.#emittedUs !== null) this.#emittedUs[at] = this.emittedUs;
    if (this.#appendedUs !== null) this.#appendedUs[at] = this.appendedUs;
    this.#length = at + 1;
  }

  sequences(): Uint32Array {
    return this.#sequences.subarray(0, this.#length);
  }

  arrivalsUs(): Float64Array {
    return this.#arrivalsUs.subarray(0, this.#length);
  }

  emittedUsOrNull(): Float64Array | null {
    return this.#emittedUs?.subarray(0, this.#length) ?? null;
  }

  appendedUsOrNull(): Float64Array | null {
    return this.#appendedUs?.subarray(0, this.#length) ?? null;
  }
}
