/** Two columns that grow by doubling: a sequence number and an instant. */
export class InstantColumns {
  #sequences = new Uint32Array(1 << 14);
  #instants = new Float64Array(1 << 14);
  #length = 0;

  get length(): number {
    return this.#length;
  }

  push(sequence: number, instantUs: number): void {
    if (this.#length === this.#sequences.length) this.#grow();
    this.#sequences[this.#length] = sequence;
    this.#instants[this.#length] = instantUs;
    this.#length += 1;
  }

  sequences(): Uint32Array {
    return this.#sequences.slice(0, this.#length);
  }

  instantsUs(): Float64Array {
    return this.#instants.slice(0, this.#length);
  }

  #grow(): void {
    const sequences = new Uint32Array(this.#length * 2);
    sequences.set(this.#sequences);
    this.#sequences = sequences;
    const instants = new Float64Array(this.#length * 2);
    instants.set(this.#instants);
    this.#instants = instants;
  }
}
