import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { sizeOfVarint, VarintReader, writeVarint, writeVarlong } from './varint.ts';

const int32 = fc.oneof(
  fc.integer({ min: -(2 ** 31), max: 2 ** 31 - 1 }),
  fc.constantFrom(-(2 ** 31), 2 ** 31 - 1, 63, 64, -64, -65, 8191, 8192, -8193, 2 ** 20, 2 ** 27),
);
const safe = fc.oneof(fc.maxSafeInteger(), int32, fc.constantFrom(2 ** 27, -(2 ** 27) - 1, 2 ** 28, 2 ** 31));

/** What the varint is defined to be, with BigInt. */
function encoded(value: number): number[] {
  let rest = BigInt.asUintN(64, (BigInt(value) << 1n) ^ (BigInt(value) >> 63n));
  const bytes: number[] = [];
  for (; rest > 127n; rest >>= 7n) bytes.push(Number(rest & 127n) | 128);
  return [...bytes, Number(rest)];
}

describe('varints', () => {
  it('writes, sizes and reads every 32-bit integer', () => {
    fc.assert(
      fc.property(int32, (value) => {
        const bytes = new Uint8Array(12);
        const end = writeVarint(bytes, value, 1);
        expect([...bytes.subarray(1, end)]).toEqual(encoded(value));
        expect(end - 1).toBe(sizeOfVarint(value));
        const reader = new VarintReader(bytes);
        reader.position = 1;
        expect(reader.int32()).toBe(value);
        expect(reader.position).toBe(end);
      }),
    );
  });

  it('writes and reads every safe integer', () => {
    fc.assert(
      fc.property(safe, (value) => {
        const bytes = new Uint8Array(12);
        const end = writeVarlong(bytes, value, 1);
        expect([...bytes.subarray(1, end)]).toEqual(encoded(value));
        const reader = new VarintReader(bytes);
        reader.position = 1;
        expect(reader.int64()).toBe(value);
        expect(reader.position).toBe(end);
      }),
    );
  });

  it('loses its position on a varint without an end', () => {
    const endless = new VarintReader(new Uint8Array(20).fill(0xff));
    endless.int32();
    expect(endless.position).toBeNaN();
    endless.position = 0;
    endless.int64();
    expect(endless.position).toBeNaN();
  });
});
