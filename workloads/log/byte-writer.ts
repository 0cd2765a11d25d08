const BILLION = 1_000_000_000;

/** Appends ASCII text and whole numbers to a buffer that doubles as it fills. JSON is written this way: no object and no text per record. */
export class ByteWriter {
  #bytes: Buffer;
  #length = 0;

  constructor(initialBytes: number) {
    this.#bytes = Buffer.allocUnsafe(Math.max(64, initialBytes));
  }

  get length(): number {
    return this.#length;
  }

  /** What was written so far; valid until the next write. */
  get written(): Buffer {
    return this.#bytes.subarray(0, this.#length);
  }

  bytes(source: Uint8Array): void {
    this.#reserve(source.length);
    this.#bytes.set(source, this.#length);
    this.#length += source.length;
  }

  /** ASCII alone. */
  text(ascii: string): void {
    this.#reserve(ascii.length);
    for (let index = 0; index < ascii.length; index += 1) {
      this.#bytes[this.#length + index] = ascii.charCodeAt(index);
    }
    this.#length += ascii.length;
  }

  /** A whole number within +-(2^53 - 1), in decimal. */
  integer(value: number): void {
    this.#reserve(20);
    let rest = value;
    if (rest < 0) {
      this.#bytes[this.#length] = 0x2d;
      this.#length += 1;
      rest = -rest;
    }
    if (rest >= BILLION) {
      const high = Math.floor(rest / BILLION);
      this.#digits(high, digitCount(high));
      this.#digits(rest - high * BILLION, 9);
    } else {
      this.#digits(rest, digitCount(rest));
    }
  }

  /** Takes back what was written beyond the first `length` bytes. */
  truncate(length: number): void {
    this.#length = length;
  }

  #digits(value: number, count: number): void {
    let rest = value;
    for (let index = this.#length + count - 1; index >= this.#length; index -= 1) {
      const quotient = Math.floor(rest / 10);
      this.#bytes[index] = 0x30 + (rest - quotient * 10);
      rest = quotient;
    }
    this.#length += count;
  }

  #reserve(count: number): void {
    if (this.#length + count <= this.#bytes.length) return;
    const larger = Buffer.allocUnsafe(Math.max(2 * this.#bytes.length, this.#length + count));
    larger.set(this.written);
    this.#bytes = larger;
  }
}

function digitCount(value: number): number {
  let count = 1;
  for (let limit = 10; value >= limit; limit *= 10) count += 1;
  return count;
}
