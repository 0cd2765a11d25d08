/** Zig-zag varints (protocol buffers' sint32 and sint64) in 32-bit arithmetic, with a BigInt path for what does not fit. */

const INT32_MAX = 0x7fffffff;
const INT32_MIN = -0x80000000;

/** Bytes of the varint of a 32-bit integer. */
export function sizeOfVarint(value: number): number {
  const zigzag = ((value << 1) ^ (value >> 31)) >>> 0;
  if (zigzag < 0x80) return 1;
  if (zigzag < 0x4000) return 2;
  if (zigzag < 0x200000) return 3;
  return zigzag < 0x10000000 ? 4 : 5;
}

/** Writes a 32-bit integer and returns the position behind it. */
export function writeVarint(bytes: Uint8Array, value: number, at: number): number {
  let rest = (value << 1) ^ (value >> 31);
  let position = at;
  while ((rest & ~0x7f) !== 0) {
    bytes[position++] = (rest & 0x7f) | 0x80;
    rest >>>= 7;
  }
  bytes[position++] = rest;
  return position;
}

/** Writes a safe integer and returns the position behind it. */
export function writeVarlong(bytes: Uint8Array, value: number, at: number): number {
  if (value >= INT32_MIN && value <= INT32_MAX) return writeVarint(bytes, value, at);
  let rest = zigzag64(value);
  let position = at;
  for (; rest > 0x7fn; rest >>= 7n) bytes[position++] = Number(rest & 0x7fn) | 0x80;
  bytes[position++] = Number(rest);
  return position;
}

function zigzag64(value: number): bigint {
  const wide = BigInt(value);
  return wide >= 0n ? wide << 1n : (-wide << 1n) - 1n;
}

/** Reads varints one after another; `position` stays behind the last one read, or is NaN after a malformed one. */
export class VarintReader {
  position = 0;
  readonly #bytes: Uint8Array;

  constructor(bytes: Uint8Array) {
    this.#bytes = bytes;
  }

  /** A varint of 32 bits. */
  int32(): number {
    const bytes = this.#bytes;
    let position = this.position;
    let byte = bytes[position++] as number;
    let raw = byte & 0x7f;
    if (byte > 0x7f) {
      byte = bytes[position++] as number;
      raw |= (byte & 0x7f) << 7;
      if (byte > 0x7f) {
        let shift = 14;
        do {
          byte = bytes[position++] as number;
          raw |= (byte & 0x7f) << shift;
          shift += 7;
        } while (byte > 0x7f && shift < 35);
        if (byte > 0x7f) position = Number.NaN;
      }
    }
    this.position = position;
    return (raw >>> 1) ^ -(raw & 1);
  }

  /** A varint of 64 bits, as a number. */
  int64(): number {
    const bytes = this.#bytes;
    const start = this.position;
    let position = start;
    let shift = 0;
    let raw = 0;
    let byte: number;
    do {
      byte = bytes[position++] as number;
      raw |= (byte & 0x7f) << shift;
      shift += 7;
    } while (byte > 0x7f && shift < 28);
    if (byte > 0x7f) return this.#wide(start);
    this.position = position;
    return (raw >>> 1) ^ -(raw & 1);
  }

  #wide(start: number): number {
    let position = start;
    let raw = 0n;
    let byte: number;
    let shift = 0n;
    do {
      byte = this.#bytes[position++] as number;
      raw |= BigInt((byte ?? 0) & 0x7f) << shift;
      shift += 7n;
    } while (byte > 0x7f && shift < 70n);
    this.position = byte > 0x7f ? Number.NaN : position;
    const wide = BigInt.asUintN(64, raw);
    return Number(wide & 1n ? -((wide + 1n) >> 1n) : wide >> 1n);
  }
}
