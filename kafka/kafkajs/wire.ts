/** Writes the primitive types of the Kafka protocol into one growing buffer. */
export class WireWriter {
  #buffer = Buffer.allocUnsafe(512);
  #end = 0;

  int8(value: number): this {
    this.#end = this.#room(1).writeInt8(value, this.#end);
    return this;
  }

  int16(value: number): this {
    this.#end = this.#room(2).writeInt16BE(value, this.#end);
    return this;
  }

  int32(value: number): this {
    this.#end = this.#room(4).writeInt32BE(value, this.#end);
    return this;
  }

  int64(value: number): this {
    this.#end = this.#room(8).writeBigInt64BE(BigInt(value), this.#end);
    return this;
  }

  /** Unsigned varint, of the flexible versions (KIP-482). */
  unsignedVarint(value: number): this {
    const buffer = this.#room(5);
    let rest = value;
    for (; rest > 0x7f; rest >>>= 7) buffer[this.#end++] = (rest & 0x7f) | 0x80;
    buffer[this.#end++] = rest;
    return this;
  }

  string(value: string | null): this {
    if (value === null) return this.int16(-1);
    return this.int16(Buffer.byteLength(value)).#text(value);
  }

  compactString(value: string): this {
    return this.unsignedVarint(Buffer.byteLength(value) + 1).#text(value);
  }

  /** What was written: a view that is valid until the next write. */
  bytes(): Buffer {
    return this.#buffer.subarray(0, this.#end);
  }

  #text(value: string): this {
    this.#end += this.#room(value.length * 3).write(value, this.#end);
    return this;
  }

  #room(bytes: number): Buffer {
    if (this.#end + bytes > this.#buffer.length) {
      const larger = Buffer.allocUnsafe(Math.max(this.#buffer.length * 2, this.#end + bytes));
      this.#buffer.copy(larger, 0, 0, this.#end);
      this.#buffer = larger;
    }
    return this.#buffer;
  }
}

/** Reads the primitive types of the Kafka protocol, one after another. */
export class WireReader {
  position = 0;
  readonly #buffer: Buffer;

  constructor(buffer: Buffer) {
    this.#buffer = buffer;
  }

  int16(): number {
    this.position += 2;
    return this.#buffer.readInt16BE(this.position - 2);
  }

  int32(): number {
    this.position += 4;
    return this.#buffer.readInt32BE(this.position - 4);
  }

  /** As a number: exact up to 2^53. */
  int64(): number {
    this.position += 8;
    return (
      this.#buffer.readInt32BE(this.position - 8) * 2 ** 32 + this.#buffer.readUInt32BE(this.position - 4)
    );
  }

  unsignedVarint(): number {
    let value = 0;
    for (let shift = 0; ; shift += 7) {
      const byte = this.#buffer[this.position++] as number;
      value |= (byte & 0x7f) << shift;
      if (byte <= 0x7f) return value >>> 0;
    }
  }

  string(): string | null {
    return this.#text(this.int16());
  }

  compactString(): string | null {
    return this.#text(this.unsignedVarint() - 1);
  }

  skip(bytes: number): void {
    this.position += bytes;
  }

  /** Tagged fields of a flexible version: none is of interest. */
  skipTags(): void {
    for (let count = this.unsignedVarint(); count > 0; count--) {
      this.unsignedVarint();
      this.skip(this.unsignedVarint());
    }
  }

  #text(length: number): string | null {
    if (length < 0) return null;
    this.position += length;
    return this.#buffer.toString('utf8', this.position - length, this.position);
  }
}
