/** The bytes of JSON's grammar. */
export const QUOTE = 0x22;
export const COMMA = 0x2c;
export const MINUS = 0x2d;
export const DOT = 0x2e;
export const DIGIT_0 = 0x30;
export const COLON = 0x3a;
export const OPEN_BRACE = 0x7b;
export const CLOSE_BRACE = 0x7d;

/** 1 for the bytes that a JSON text cannot hold as they are: quote, backslash, control characters. */
export const ENDS_TEXT = Uint8Array.from({ length: 256 }, (_, byte) =>
  byte < 0x20 || byte === QUOTE || byte === 0x5c ? 1 : 0,
);

/** Position of the first byte from `at` on that is not JSON white space, at most `end`. */
export function skipSpace(buffer: Buffer, at: number, end: number): number {
  let position = at;
  while (position < end) {
    const byte = buffer[position] as number;
    if (byte > 0x20 || (byte !== 0x20 && byte !== 0x0a && byte !== 0x0d && byte !== 0x09)) return position;
    position++;
  }
  return position;
}
