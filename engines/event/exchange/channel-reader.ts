import type { Row } from '../../pipeline/index.ts';
import { ENTRY, type Entry, TEXT_ADDED, TEXT_INLINE } from './entry.ts';
import { FrameCursor } from './frame-buffer.ts';
import type { RingReader } from './ring.ts';
import type { RawRecord, RowLayout } from './row-layout.ts';

/** Receiving end of a channel. `next` goes to the next entry, whose content then stands in the fields. */
export class ChannelReader {
  readonly #ring: RingReader;
  readonly #layout: RowLayout;
  readonly #dictionaries: string[][];
  readonly #cursor = new FrameCursor();
  readonly #keyField: string;
  key: string | number = '';
  row: Row = {};
  timestampMs = 0;
  raw: RawRecord | undefined;
  watermarkMs = 0;
  checkpointId = 0;

  constructor(ring: RingReader, layout: RowLayout, keyField: string) {
    this.#ring = ring;
    this.#layout = layout;
    this.#keyField = keyField;
    this.#dictionaries = layout.fields.map(() => []);
  }

  /** `none` when nothing more has arrived. */
  next(): Entry {
    if (this.#cursor.done) {
      const frame = this.#ring.read();
      if (frame === undefined) {
        return ENTRY.none;
      }
      this.#cursor.open(frame);
    }
    const entry = this.#cursor.uint8() as Entry;
    switch (entry) {
      case ENTRY.element:
        this.#element();
        return entry;
      case ENTRY.watermark:
        this.watermarkMs = this.#cursor.float64();
        return entry;
      case ENTRY.barrier:
        this.checkpointId = this.#cursor.uint32();
        return entry;
      default:
        return entry;
    }
  }

  #element(): void {
    const cursor = this.#cursor;
    this.timestampMs = cursor.float64();
    const row: Record<string, string | number> = {};
    const fields = this.#layout.fields;
    for (let index = 0; index < fields.length; index++) {
      const field = fields[index] as RowLayout['fields'][number];
      row[field.name] = field.text ? this.#text(index) : cursor.float64();
    }
    this.row = row;
    this.key = row[this.#keyField] as string | number;
    if (this.#layout.withRaw) {
      const bytes = cursor.bytes();
      this.raw = { buffer: bytes, start: 0, end: bytes.length };
    }
  }

  #text(field: number): string {
    const reference = this.#cursor.uint32();
    const dictionary = this.#dictionaries[field] as string[];
    switch (reference) {
      case TEXT_ADDED: {
        const text = this.#cursor.text();
        dictionary.push(text);
        return text;
      }
      case TEXT_INLINE:
        return this.#cursor.text();
      default:
        return dictionary[reference] as string;
    }
  }
}
