import { compileFieldScanner, type FieldScanner, StringDictionary } from '../../pipeline/decode/index.ts';
import type { Row, Schema } from '../../pipeline/index.ts';

/** Texts of a field that are kept; beyond that the dictionary starts anew, so that memory stays bounded. */
const DICTIONARY_SIZE = 65_536;

/** Makes rows of the wanted fields straight from a record's bytes; a text that was seen before is not made again. */
export class RecordDecoder {
  readonly #scanner: FieldScanner;
  readonly #names: readonly string[];
  /** Undefined for a number. */
  readonly #dictionaries: (StringDictionary | undefined)[];

  constructor(schema: Schema, wanted: readonly string[]) {
    this.#names = wanted;
    this.#scanner = compileFieldScanner(schema, this.#names);
    this.#dictionaries = this.#names.map((name) =>
      schema[name] === 'utf8' ? new StringDictionary() : undefined,
    );
  }

  /** @returns false if the bytes are no JSON object of the schema */
  decode(buffer: Buffer, start: number, end: number): boolean {
    return this.#scanner.scan(buffer, start, end);
  }

  /** The row of the record decoded last. */
  row(): Row {
    const row: Record<string, string | number> = {};
    const names = this.#names;
    for (let index = 0; index < names.length; index++) {
      const dictionary = this.#dictionaries[index];
      row[names[index] as string] =
        dictionary === undefined ? (this.#scanner.numbers[index] as number) : this.#text(dictionary, index);
    }
    return row;
  }

  #text(dictionary: StringDictionary, index: number): string {
    const scanner = this.#scanner;
    const id = dictionary.idOf(
      scanner.textSource,
      scanner.textStart[index] as number,
      scanner.textEnd[index] as number,
    );
    const text = dictionary.text(id);
    if (dictionary.size >= DICTIONARY_SIZE) {
      this.#dictionaries[index] = new StringDictionary();
    }
    return text;
  }
}
