import type { Row } from '../../pipeline/index.ts';
import { ENTRY, type Entry, TEXT_ADDED, TEXT_INLINE } from './entry.ts';
import { FrameCursor } from './frame-buffer.ts';
import type { RingReader } from './ring.ts';
import type { ChannelInput, RawRecord, RowLayout } from './row-layout.ts';

/** What is known of the rows of one input. */
interface InputRows extends ChannelInput {
  readonly dictionaries: readonly string[][];
}

/** Receiving end of a channel. `next` goes to the next entry, whose content then stands in the fields. */
export class ChannelReader {
  readonly #ring: RingReader;
  readonly #first: InputRows;
  readonly #second: InputRows | undefined;
  readonly #cursor = new FrameCursor();
  /** Of a row that every slot gets: the empty text. */
  key: string | number = '';
  row: Row = {};
  timestampMs = 0;
  raw: RawRecord | undefined;
  /** Of a watermark or status: which of the job's sources it is from. */
  source = 0;
  watermarkMs = 0;
  checkpointId = 0;

  /** @param inputs of the operator: one or two */
  constructor(ring: RingReader, inputs: readonly ChannelInput[]) {
    this.#ring = ring;
    const [first, second] = inputs.map((input) => ({
      ...input,
      dictionaries: input.layout.fields.map((): string[] => []),
    }));
    this.#first = first as InputRows;
    this.#second = second;
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
        this.#element(this.#first);
        return entry;
      case ENTRY.secondElement:
        this.#element(this.#second as InputRows);
        return entry;
      case ENTRY.idle:
      case ENTRY.active:
        this.source = this.#cursor.uint8();
        return entry;
      case ENTRY.watermark:
        this.source = this.#cursor.uint8();
        this.watermarkMs = this.#cursor.float64();
        return entry;
      case ENTRY.barrier:
        this.checkpointId = this.#cursor.uint32();
        return entry;
      default:
        return entry;
    }
  }

  #element({ layout, keyField, dictionaries }: InputRows): void {
    const cursor = this.#cursor;
    this.timestampMs = cursor.float64();
    const row: Record<string, string | number> = {};
    const fields = layout.fields;
    for (let index = 0; index < fields.length; index++) {
      const field = fields[index] as RowLayout['fields'][number];
      row[field.name] = field.text ? this.#text(dictionaries[index] as string[]) : cursor.float64();
    }
    this.row = row;
    this.key = keyField === undefined ? '' : (row[keyField] as string | number);
    if (layout.withRaw) {
      const bytes = cursor.bytes();
      this.raw = { buffer: bytes, start: 0, end: bytes.length };
    }
  }

  #text(dictionary: string[]): string {
    const reference = this.#cursor.uint32();
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
