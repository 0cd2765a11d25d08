import type { Bell } from './bell.ts';

/**
 * One direction of a channel between two threads: a bounded stream of frames over shared memory, one writer and one reader (Lamport's
 * single-producer single-consumer queue; positions run modulo 2^32 and each side owns one). Frames wrap around the end and may be
 * larger than the ring: the reader puts the parts together, so memory stays bounded by the ring and one frame on each side.
 * Free space is the writer's credit.
 */
const WRITTEN = 0;
const READ = 16;
const WRITER_WAITS = 17;
const HEADER_BYTES = 128;
const LENGTH_BYTES = 4;

/** Memory of a ring: `capacityBytes` is a power of two. */
export function allocateRing(capacityBytes: number): SharedArrayBuffer {
  return new SharedArrayBuffer(HEADER_BYTES + capacityBytes);
}

export class RingWriter {
  readonly #positions: Int32Array;
  readonly #data: Uint8Array;
  readonly #mask: number;
  #written: number;
  /** What of the frame under way did not fit yet. */
  #rest: Uint8Array | undefined;
  readonly #length = new Uint8Array(LENGTH_BYTES);
  readonly #lengthView = new DataView(this.#length.buffer);
  #lengthLeft = 0;

  readonly #readerBell: Bell;

  constructor(memory: SharedArrayBuffer, readerBell: Bell) {
    this.#readerBell = readerBell;
    this.#positions = new Int32Array(memory, 0, HEADER_BYTES / 4);
    this.#data = new Uint8Array(memory, HEADER_BYTES);
    this.#mask = this.#data.length - 1;
    this.#written = Atomics.load(this.#positions, WRITTEN);
  }

  get freeBytes(): number {
    return this.#data.length - ((this.#written - Atomics.load(this.#positions, READ)) >>> 0);
  }

  /** True while the last frame is not wholly in the ring: `resume` before the next `write`. */
  get blocked(): boolean {
    return this.#rest !== undefined;
  }

  /**
   * Puts a frame in. If it does not fit as a whole, as much as fits goes in and the writer is blocked: the frame's bytes must then stay
   * unchanged until `resume` has returned true.
   * @returns whether all of it is in
   */
  write(frame: Uint8Array): boolean {
    this.#lengthView.setUint32(0, frame.length, true);
    this.#lengthLeft = LENGTH_BYTES;
    this.#rest = frame;
    return this.resume();
  }

  /** Puts in more of the frame that did not fit. The reader rings this thread's bell when there is room again. @returns whether all of it is in */
  resume(): boolean {
    if (this.#rest === undefined) {
      return true;
    }
    if (this.#advance()) {
      return true;
    }
    Atomics.store(this.#positions, WRITER_WAITS, 1);
    if (!this.#advance()) {
      return false;
    }
    Atomics.store(this.#positions, WRITER_WAITS, 0);
    return true;
  }

  #advance(): boolean {
    const rest = this.#rest as Uint8Array;
    let free = this.freeBytes;
    if (free === 0 && (rest.length > 0 || this.#lengthLeft > 0)) {
      return false;
    }
    if (this.#lengthLeft > 0) {
      const from = LENGTH_BYTES - this.#lengthLeft;
      const count = Math.min(free, this.#lengthLeft);
      this.#copy(this.#length, from, from + count);
      this.#lengthLeft -= count;
      free -= count;
    }
    const count = Math.min(free, rest.length);
    this.#copy(rest, 0, count);
    Atomics.store(this.#positions, WRITTEN, this.#written);
    this.#readerBell.ring();
    if (this.#lengthLeft === 0 && count === rest.length) {
      this.#rest = undefined;
      return true;
    }
    this.#rest = rest.subarray(count);
    return false;
  }

  #copy(source: Uint8Array, from: number, to: number): void {
    const start = this.#written & this.#mask;
    const untilEnd = Math.min(to - from, this.#data.length - start);
    this.#data.set(source.subarray(from, from + untilEnd), start);
    if (from + untilEnd < to) {
      this.#data.set(source.subarray(from + untilEnd, to), 0);
    }
    this.#written = (this.#written + (to - from)) | 0;
  }
}

export class RingReader {
  readonly #positions: Int32Array;
  readonly #data: Uint8Array;
  readonly #mask: number;
  #read: number;
  readonly #length = new Uint8Array(LENGTH_BYTES);
  readonly #lengthView = new DataView(this.#length.buffer);
  #lengthFilled = 0;
  #frame: Buffer | undefined;
  #frameFilled = 0;

  readonly #writerBell: Bell;

  constructor(memory: SharedArrayBuffer, writerBell: Bell) {
    this.#writerBell = writerBell;
    this.#positions = new Int32Array(memory, 0, HEADER_BYTES / 4);
    this.#data = new Uint8Array(memory, HEADER_BYTES);
    this.#mask = this.#data.length - 1;
    this.#read = Atomics.load(this.#positions, READ);
  }

  get availableBytes(): number {
    return (Atomics.load(this.#positions, WRITTEN) - this.#read) >>> 0;
  }

  /** The next whole frame, in memory of its own (the ring's space is free again), or undefined if none is complete. */
  read(): Buffer | undefined {
    let available = this.availableBytes;
    if (available === 0 && this.#frame === undefined) {
      return undefined;
    }
    if (this.#frame === undefined) {
      const count = Math.min(available, LENGTH_BYTES - this.#lengthFilled);
      this.#copy(this.#length, this.#lengthFilled, count);
      this.#lengthFilled += count;
      available -= count;
      if (this.#lengthFilled < LENGTH_BYTES) {
        this.#release();
        return undefined;
      }
      this.#frame = Buffer.allocUnsafeSlow(this.#lengthView.getUint32(0, true));
      this.#frameFilled = 0;
    }
    const count = Math.min(available, this.#frame.length - this.#frameFilled);
    this.#copy(this.#frame, this.#frameFilled, count);
    this.#frameFilled += count;
    this.#release();
    if (this.#frameFilled < this.#frame.length) {
      return undefined;
    }
    const frame = this.#frame;
    this.#frame = undefined;
    this.#lengthFilled = 0;
    return frame;
  }

  #release(): void {
    Atomics.store(this.#positions, READ, this.#read);
    if (Atomics.load(this.#positions, WRITER_WAITS) === 1) {
      Atomics.store(this.#positions, WRITER_WAITS, 0);
      this.#writerBell.ring();
    }
  }

  #copy(target: Uint8Array, at: number, count: number): void {
    const start = this.#read & this.#mask;
    const untilEnd = Math.min(count, this.#data.length - start);
    target.set(this.#data.subarray(start, start + untilEnd), at);
    if (untilEnd < count) {
      target.set(this.#data.subarray(0, count - untilEnd), at + untilEnd);
    }
    this.#read = (this.#read + count) | 0;
  }
}
