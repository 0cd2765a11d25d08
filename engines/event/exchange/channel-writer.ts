import type { Row } from '../../pipeline/index.ts';
import { DICTIONARY_SIZE, ENTRY, TEXT_ADDED, TEXT_INLINE } from './entry.ts';
import { FrameBuffer } from './frame-buffer.ts';
import { FRAME_BYTES } from './frame-size.ts';
import type { RingWriter } from './ring.ts';
import type { ChannelInput, RawRecord, RowLayout } from './row-layout.ts';

/** What is known of the rows of one input. */
interface InputRows {
  readonly layout: RowLayout;
  readonly dictionaries: readonly Map<string, number>[];
}

/**
 * Sending end of a channel between two slots: elements, watermarks, status and barriers as entries of binary frames. A frame leaves when
 * it is full, at a barrier, and at `flush`. While `blocked` the ring is full: the caller stops before its next record, so at most
 * one frame and what the record under way makes wait here.
 */
export class ChannelWriter {
  readonly #ring: RingWriter;
  readonly #first: InputRows;
  readonly #second: InputRows | undefined;
  #filling = new FrameBuffer(2 * FRAME_BYTES);
  #sending = new FrameBuffer(2 * FRAME_BYTES);

  /** @param inputs of the operator at the receiving end: one or two */
  constructor(ring: RingWriter, inputs: readonly ChannelInput[]) {
    this.#ring = ring;
    const [first, second] = inputs.map(({ layout }) => ({
      layout,
      dictionaries: layout.fields.map(() => new Map<string, number>()),
    }));
    this.#first = first as InputRows;
    this.#second = second;
  }

  get blocked(): boolean {
    return this.#ring.blocked;
  }

  /** Whether a flush would send anything. */
  get pending(): boolean {
    return this.#filling.length > 0;
  }

  element(row: Row, timestampMs: number, raw: RawRecord | undefined): void {
    this.#filling.uint8(ENTRY.element);
    this.#row(this.#first, row, timestampMs, raw);
  }

  /** A row of the second input. */
  secondElement(row: Row, timestampMs: number, raw: RawRecord | undefined): void {
    this.#filling.uint8(ENTRY.secondElement);
    this.#row(this.#second as InputRows, row, timestampMs, raw);
  }

  /** @param source which of the job's sources it is from, counted from 0 */
  watermark(source: number, watermarkMs: number): void {
    this.#filling.uint8(ENTRY.watermark);
    this.#filling.uint8(source);
    this.#filling.float64(watermarkMs);
  }

  status(source: number, status: 'idle' | 'active'): void {
    this.#filling.uint8(status === 'idle' ? ENTRY.idle : ENTRY.active);
    this.#filling.uint8(source);
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

  #row(input: InputRows, row: Row, timestampMs: number, raw: RawRecord | undefined): void {
    const frame = this.#filling;
    frame.float64(timestampMs);
    const fields = input.layout.fields;
    for (let index = 0; index < fields.length; index++) {
      const field = fields[index] as RowLayout['fields'][number];
      const value = row[field.name];
      if (field.text) {
        this.#text(input.dictionaries[index] as Map<string, number>, value as string);
      } else {
        frame.float64(value as number);
      }
    }
    if (input.layout.withRaw) {
      const record = raw as RawRecord;
      frame.bytes(record.buffer, record.start, record.end);
    }
    if (frame.length >= FRAME_BYTES && !this.#ring.blocked) {
      this.flush();
    }
  }

  #text(dictionary: Map<string, number>, value: string): void {
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
