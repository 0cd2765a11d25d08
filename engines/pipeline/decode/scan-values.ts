import { isUtf8 } from 'node:buffer';
import { DIGIT_0, DOT, ENDS_TEXT, MINUS, QUOTE } from './ascii.ts';

/** What the functions here answer when the bytes are anything but the usual: JSON.parse then decides. */
export const UNUSUAL = -1;

/** A decimal of up to 15 digits is exact in a double, and so is each of these: their quotient is rounded once, correctly (Clinger 1990). */
const POWERS_OF_TEN = Float64Array.from({ length: 16 }, (_, exponent) => 10 ** exponent);
const EXACT_DIGITS = 15;

const LITERALS = ['true', 'false', 'null'].map((literal) => Buffer.from(literal));

/** Position of the quote that closes the text starting at `at`. */
export function scanText(buffer: Buffer, at: number, end: number): number {
  let position = at;
  let bits = 0;
  while (position < end) {
    const byte = buffer[position] as number;
    if (ENDS_TEXT[byte] === 1) {
      if (byte !== QUOTE) return UNUSUAL;
      // Bytes that are no UTF-8 become U+FFFD in a JavaScript string; only the slow path does the same.
      return bits < 0x80 || isUtf8(buffer.subarray(at, position)) ? position : UNUSUAL;
    }
    bits |= byte;
    position++;
  }
  return UNUSUAL;
}

/** Puts a number without exponent and of at most 15 digits into `numbers[slot]`; returns the position after it. */
export function scanNumber(
  buffer: Buffer,
  at: number,
  end: number,
  numbers: Float64Array,
  slot: number,
): number {
  const negative = buffer[at] === MINUS;
  const first = negative ? at + 1 : at;
  let position = first;
  let value = 0;
  while (position < end) {
    const digit = (buffer[position] as number) - DIGIT_0;
    if (digit < 0 || digit > 9) break;
    value = value * 10 + digit;
    position++;
  }
  let digits = position - first;
  if (digits === 0 || (digits > 1 && buffer[first] === DIGIT_0)) return UNUSUAL;
  if (position < end && buffer[position] === DOT) {
    const fraction = ++position;
    while (position < end) {
      const digit = (buffer[position] as number) - DIGIT_0;
      if (digit < 0 || digit > 9) break;
      value = value * 10 + digit;
      position++;
    }
    if (position === fraction) return UNUSUAL;
    digits += position - fraction;
    if (digits > EXACT_DIGITS) return UNUSUAL;
    value /= POWERS_OF_TEN[position - fraction] as number;
  }
  if (digits > EXACT_DIGITS) return UNUSUAL;
  numbers[slot] = negative ? -value : value;
  return position;
}

/** Position after `true`, `false` or `null`. */
export function scanLiteral(buffer: Buffer, at: number, end: number): number {
  for (const literal of LITERALS) {
    const after = at + literal.length;
    if (after <= end && literal.equals(buffer.subarray(at, after))) return after;
  }
  return UNUSUAL;
}
