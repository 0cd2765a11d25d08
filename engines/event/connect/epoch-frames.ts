import type { Bytes } from '../../../kafka/index.ts';
import {
  FRAME_BYTES,
  FrameBuffer,
  FrameCursor,
  type RingReader,
  type RingWriter,
} from '../exchange/index.ts';
import type { OutputIndex, OutputSink } from './output-sink.ts';

/** First byte of an entry: an end of epoch, or a record with flags for what it has. */
const END_OF_EPOCH = 0;
const RECORD = 1;
const WITH_KEY = 2;
const WITH_VALUE = 4;

/**
 * exactly-once, a slot's side: encoded outputs and ends of epochs go over a ring to the coordinator's thread, which owns the one
 * transaction. A full ring blocks the slot, so what waits for a commit is bounded.
 */
export class EpochSink implements OutputSink {
  readonly #ring: RingWriter;
  #filling = new FrameBuffer(2 * FRAME_BYTES);
  #sending = new FrameBuffer(2 * FRAME_BYTES);

  constructor(ring: RingWriter) {
    this.#ring = ring;
  }

  get blocked(): boolean {
    return this.#ring.blocked;
  }

  write(output: OutputIndex, partition: number, key: Bytes | null, value: Bytes | null): void {
    const frame = this.#filling;
    frame.uint8(RECORD | (key === null ? 0 : WITH_KEY) | (value === null ? 0 : WITH_VALUE));
    frame.uint8(output);
    frame.uint32(partition);
    if (key !== null) {
      writeBytes(frame, key);
    }
    if (value !== null) {
      writeBytes(frame, value);
    }
    if (frame.length >= FRAME_BYTES) {
      this.flush();
    }
  }

  flush(): void {
    if (!this.#ring.resume() || this.#filling.length === 0) {
      return;
    }
    const full = this.#filling;
    this.#filling = this.#sending;
    this.#filling.reset();
    this.#sending = full;
    this.#ring.write(full.content());
  }

  /** The coordinator counts the ends it has read; the slot has nothing to wait for. */
  async endEpoch(checkpointId: number): Promise<void> {
    this.#filling.uint8(END_OF_EPOCH);
    this.#filling.uint32(checkpointId);
    this.flush();
  }

  async close(): Promise<void> {}
}

/** Takes an output; the bytes stay valid. */
export type OutputReceiver = (
  output: OutputIndex,
  partition: number,
  key: Uint8Array | null,
  value: Uint8Array | null,
) => void;

/** exactly-once, the coordinator's side of one slot's ring. It stops at an end of epoch until `nextEpoch`. */
export class EpochReader {
  readonly #ring: RingReader;
  readonly #cursor = new FrameCursor();
  #endedCheckpointId: number | undefined;

  constructor(ring: RingReader) {
    this.#ring = ring;
  }

  /** The checkpoint whose epoch has ended, until `nextEpoch`. */
  get endedCheckpointId(): number | undefined {
    return this.#endedCheckpointId;
  }

  nextEpoch(): void {
    this.#endedCheckpointId = undefined;
  }

  /** Hands over at most one frame's outputs, up to the end of the epoch. @returns whether there was anything */
  read(receive: OutputReceiver): boolean {
    if (this.#endedCheckpointId !== undefined) {
      return false;
    }
    const cursor = this.#cursor;
    if (cursor.done) {
      const frame = this.#ring.read();
      if (frame === undefined) {
        return false;
      }
      cursor.open(frame);
    }
    while (!cursor.done) {
      const entry = cursor.uint8();
      if (entry === END_OF_EPOCH) {
        this.#endedCheckpointId = cursor.uint32();
        return true;
      }
      const output = cursor.uint8();
      const partition = cursor.uint32();
      const key = (entry & WITH_KEY) === 0 ? null : cursor.bytes();
      receive(output, partition, key, (entry & WITH_VALUE) === 0 ? null : cursor.bytes());
    }
    return true;
  }
}

function writeBytes(frame: FrameBuffer, bytes: Bytes): void {
  if (typeof bytes === 'string') {
    frame.text(bytes);
  } else {
    frame.bytes(bytes, 0, bytes.length);
  }
}
