import type { Row } from '../../pipeline/index.ts';
import { DICTIONARY_SIZE, ENTRY, TEXT_ADDED, TEXT_INLINE } from './entry.ts';
import { FrameBuffer } from './frame-buffer.ts';
import { FRAME_BYTES } from './frame-size.ts';
import type { RingWriter } from './ring.ts';
import type { RawRecord, RowLayout } from './row-layout.ts';

/**
 * Sending end of a channel between two slots: elements, watermarks, status and barriers as entries of binary frames. A frame leaves when
 * it is full, at a barrier, and at `flush`. While `blocked` the ring is full: the caller stops before its next record, so at most
 * one frame and what the record under way makes wait here.
 */
export class ChannelWriter {
  readonly #ring: RingWriter;
  readonly #layout: RowLayout;
  readonly #dictionaries: Map<string, number>[];
  #filling = new FrameBuffer(2 * FRAME_BYTES);
  #sending = new FrameBuffer(2 * FRAME_BYTES);

  constructor(ring: RingWriter, layout: RowLayout) {
    this.#ring = ring;
    this.#layout = layout;
    this.#dictionaries = layout.fields.map(() => new Map<string, number>());
  }

  get blocked(): boolean {
    return this.#ring.blocked;
  }

  /** Whether a flush would send anything. */
  get pending(): boolean {
    return this.#filling.length > 0;
  }

  element(row: Row, timestampMs: number, raw: RawRecord | undefined): void {
    const frame = this.#filling;
    frame.uint8(ENTRY.element);
    frame.float64(timestampMs);
    const fields = this.#layout.fields;
    for (let index = 0; index < fields.length; index++) {
      const field = fields[index] as RowLayout['fields'][number];
      const value = row[field.name];
      if (field.text) {
        this.#text(index, value as string);
      } else {
        frame.float64(value as number);
      }
    }
    if (this.#layout.withRaw) {
      const record = raw as RawRecord;
      frame.bytes(record.buffer, record.start, record.end);
    }
    if (frame.length >= FRAME_BYTES && !this.#ring.blocked) {
      this.flush();
    }
  }

  watermark(watermarkMs: number): void {
    this.#filling.uint8(ENTRY.watermark);
    this.#filling.float64(watermarkMs);
  }

  status(status: 'idle' | 'active'): void {
    this.#filling.uint8(status === 'idle' ? ENTRY.idle : ENTRY.active);
  }

  /** Nothing may be added between a barrier and a `flush` that sent it. */
  barrier(checkpointId: number): void {
    this.#filling.uint8(ENTRY.barrier);
    this.#filling.uint32(checkpointId);
  }

  /** Sends what is there. @returns false while the ring has no room: call again when the bell rang */
  flush(): boolean {
    if (!this.#ring.resume()) {
      return false;
    }
    if (this.#filling.length === 0) {
      return true;
    }
    const full = this.#filling;
    this.#filling = this.#sending;
    this.#filling.reset();
    this.#sending = full;
    return this.#ring.write(full.content());
  }

  #text(field: number, value: string): void {
    const dictionary = this.#dictionaries[field] as Map<string, number>;
    const known = dictionary.get(value);
    if (known !== undefined) {
      this.#filling.uint32(known);
      return;
    }
    if (dictionary.size < DICTIONARY_SIZE) {
      dictionary.set(value, dictionary.size);
      this.#filling.uint32(TEXT_ADDED);
    } else {
      this.#filling.uint32(TEXT_INLINE);
    }
    this.#filling.text(value);
  }
}
