/** Appends values to a growing buffer. */
export class ByteWriter {
  #buffer: Buffer;
  #length = 0;

  constructor(initialCapacity = 1024) {
    this.#buffer = Buffer.allocUnsafe(initialCapacity);
  }

  get length(): number {
    return this.#length;
  }

  /** The bytes so far: a view, valid until the next write or `clear`. */
  view(): Buffer {
    return this.#buffer.subarray(0, this.#length);
  }

  /** The bytes so far, in a buffer of their own. */
  copy(): Buffer {
    const copy = Buffer.allocUnsafe(this.#length);
    this.#buffer.copy(copy, 0, 0, this.#length);
    return copy;
  }

  clear(): void {
    this.#length = 0;
  }

  uint8(value: number): void {
    this.#reserve(1);
    this.#buffer[this.#length] = value;
    this.#length += 1;
  }

  uint16(value: number): void {
    this.#reserve(2);
    this.#buffer.writeUInt16BE(value, this.#length);
    this.#length += 2;
  }

  uint32(value: number): void {
    this.#reserve(4);
    this.#buffer.writeUInt32BE(value, this.#length);
    this.#length += 4;
  }

  float64(value: number): void {
    this.#reserve(8);
    this.#buffer.writeDoubleBE(value, this.#length);
    this.#length += 8;
  }

  /** Length in bytes, then UTF-8. */
  text(value: string): void {
    // a UTF-16 unit takes at most three bytes of UTF-8
    this.#reserve(4 + value.length * 3);
    const bytes = this.#buffer.write(value, this.#length + 4, 'utf8');
    this.#buffer.writeUInt32BE(bytes, this.#length);
    this.#length += 4 + bytes;
  }

  /** Leaves room for a length; `endLength` with the returned position writes the number of bytes that followed. */
  beginLength(): number {
    this.uint32(0);
    return this.#length;
  }

  endLength(position: number): void {
    this.#buffer.writeUInt32BE(this.#length - position, position - 4);
  }

  bytes(value: Uint8Array): void {
    this.#reserve(value.length);
    this.#buffer.set(value, this.#length);
    this.#length += value.length;
  }

  #reserve(count: number): void {
    const needed = this.#length + count;
    if (needed > this.#buffer.length) {
      const grown = Buffer.allocUnsafe(Math.max(needed, this.#buffer.length * 2));
      this.#buffer.copy(grown, 0, 0, this.#length);
      this.#buffer = grown;
    }
  }
}

/** Reads what a ByteWriter wrote. Throws a RangeError past the end. */
export class ByteReader {
  readonly #buffer: Buffer;
  #offset: number;

  constructor(buffer: Buffer, offset = 0) {
    this.#buffer = buffer;
    this.#offset = offset;
  }

  get offset(): number {
    return this.#offset;
  }

  get atEnd(): boolean {
    return this.#offset >= this.#buffer.length;
  }

  uint8(): number {
    this.#offset += 1;
    return this.#buffer.readUInt8(this.#offset - 1);
  }

  uint16(): number {
    this.#offset += 2;
    return this.#buffer.readUInt16BE(this.#offset - 2);
  }

  uint32(): number {
    this.#offset += 4;
    return this.#buffer.readUInt32BE(this.#offset - 4);
  }

  float64(): number {
    this.#offset += 8;
    return this.#buffer.readDoubleBE(this.#offset - 8);
  }

  text(): string {
    const length = this.uint32();
    this.#skip(length);
    return this.#buffer.toString('utf8', this.#offset - length, this.#offset);
  }

  /** A view of the next bytes. */
  bytes(length: number): Buffer {
    this.#skip(length);
    return this.#buffer.subarray(this.#offset - length, this.#offset);
  }

  #skip(length: number): void {
    this.#offset += length;
    if (this.#offset > this.#buffer.length)
      throw new RangeError('The value runs past the end of the buffer.');
  }
}
