/**
 * Reads the wanted fields of a flat JSON object straight from its bytes: no intermediate text, no object per record. Made by
 * `compileFieldScanner(schema, wantedFields)`; results stand in the arrays until the next `scan`, at the field's index in `wantedFields`.
 */
export interface FieldScanner {
  /** Numbers of the int64 and float64 fields. */
  readonly numbers: Float64Array;
  /** Where the text of the utf8 fields stands in `textSource`: [start, end) in bytes, without quotes. */
  readonly textStart: Int32Array;
  readonly textEnd: Int32Array;
  /** The scanned buffer, or a scratch buffer where a text held escapes. */
  readonly textSource: Buffer;
  /**
   * False if the bytes are no JSON object, or if any field of the schema (wanted or not) is missing or of another type. Accepts exactly what JSON.parse followed by that check accepts.
   */
  scan(buffer: Buffer, start: number, end: number): boolean;
}
