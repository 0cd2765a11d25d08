import type { ByteReader, ByteWriter } from './bytes.ts';
import type { Key } from './key-group.ts';

const TEXT = 0;
const NUMBER = 1;

/** Writes a key so that text and number keys never meet: the text '1' and the number 1 are two keys. */
export function writeKey(key: Key, writer: ByteWriter): void {
  if (typeof key === 'string') {
    writer.uint8(TEXT);
    writer.text(key);
  } else {
    writer.uint8(NUMBER);
    writer.float64(key);
  }
}

export function readKey(reader: ByteReader): Key {
  return reader.uint8() === TEXT ? reader.text() : reader.float64();
}

/** Goes past a key and its namespace without making them. */
export function skipKey(reader: ByteReader): void {
  if (reader.uint8() === TEXT) reader.bytes(reader.uint32());
  else reader.float64();
  reader.float64();
}
