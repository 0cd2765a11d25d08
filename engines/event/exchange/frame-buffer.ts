/**
 * Bytes of a frame under way, growing as needed. Numbers are little-endian. Short text, which is nearly all text here, is written as
 * ASCII in a loop: a call into native code costs more than 40 characters do.
 */
export class FrameBuffer {
  #bytes: Buffer;
  #view: DataView;
  length = 0;

  constructor(initialBytes: number) {
    this.#bytes = Buffer.allocUnsafeSlow(initialBytes);
    this.#view = new DataView(this.#bytes.buffer);
  }

  /** What was written, valid until the next `reset` or write. */
  content(): Buffer {
    return this.#bytes.subarray(0, this.length);
  }

  reset(): void {
    this.length = 0;
  }

  uint8(value: number): void {
    this.#reserve(1);
    this.#bytes[this.length++] = value;
  }

  uint32(value: number): void {
    this.#reserve(4);
    this.#view.setUint32(this.length, value, true);
    this.length += 4;
  }

  float64(value: number): void {
    this.#reserve(8);
    this.#view.setFloat64(this.length, value, true);
    this.length += 8;
  }

  /** Length in bytes, then UTF-8. */
  text(value: string): void {
    this.#reserve(4 + 3 * value.length);
    const start = this.length + 4;
    let end = start;
    if (value.length <= SHORT_TEXT) {
      for (let index = 0; index < value.length; index++) {
        const code = value.charCodeAt(index);
        if (code > 0x7f) {
          end = -1;
          break;
        }
        this.#bytes[end++] = code;
      }
    } else {
      end = -1;
    }
    if (end < 0) {
      end = start + this.#bytes.write(value, start);
    }
    this.#view.setUint32(this.length, end - start, true);
    this.length = end;
  }

  /** Length, then the bytes. */
  bytes(source: Uint8Array, from: number, to: number): void {
    const count = to - from;
    this.#reserve(4 + count);
    this.#view.setUint32(this.length, count, true);
    const start = this.length + 4;
    if (count <= SHORT_BYTES) {
      const bytes = this.#bytes;
      for (let index = 0; index < count; index++) bytes[start + index] = source[from + index] as number;
    } else {
      this.#bytes.set(from === 0 && to === source.length ? source : source.subarray(from, to), start);
    }
    this.length = start + count;
  }

  #reserve(count: number): void {
    if (this.length + count <= this.#bytes.length) {
      return;
    }
    const grown = Buffer.allocUnsafeSlow(Math.max(this.#bytes.length * 2, this.length + count));
    grown.set(this.content());
    this.#bytes = grown;
    this.#view = new DataView(grown.buffer);
  }
}

const SHORT_TEXT = 96;
/** Up to here a loop beats the call into the runtime. */
const SHORT_BYTES = 32;

/** Reads what a FrameBuffer wrote. */
export class FrameCursor {
  #bytes: Buffer = Buffer.alloc(0);
  #view: DataView = new DataView(new ArrayBuffer(0));
  #at = 0;

  open(frame: Buffer): void {
    this.#bytes = frame;
    this.#view = new DataView(frame.buffer, frame.byteOffset, frame.length);
    this.#at = 0;
  }

  get done(): boolean {
    return this.#at >= this.#bytes.length;
  }

  uint8(): number {
    return this.#bytes[this.#at++] as number;
  }

  uint32(): number {
    const value = this.#view.getUint32(this.#at, true);
    this.#at += 4;
    return value;
  }

  float64(): number {
    const value = this.#view.getFloat64(this.#at, true);
    this.#at += 8;
    return value;
  }

  text(): string {
    const length = this.uint32();
    const start = this.#at;
    this.#at += length;
    return this.#bytes.toString('utf8', start, this.#at);
  }

  /** Into the frame's own memory: valid as long as somebody holds it. */
  bytes(): Buffer {
    const length = this.uint32();
    const start = this.#at;
    this.#at += length;
    return this.#bytes.subarray(start, this.#at);
  }
}
