import fc from 'fast-check';
import { expect, it } from 'vitest';
import { crc32c } from './crc32c.ts';

it.each([
  ['123456789', 0xe3069283],
  ['', 0],
  ['a', 0xc1d04330],
])('the CRC-32C of %j', (text, expected) => {
  expect(crc32c(Buffer.from(text))).toBe(expected);
});

it('gives the vectors of RFC 3720, B.4', () => {
  expect(crc32c(Buffer.alloc(32))).toBe(0x8a9136aa);
  expect(crc32c(Buffer.alloc(32, 0xff))).toBe(0x62a8ab43);
  expect(crc32c(Buffer.from(Array.from({ length: 32 }, (_, index) => index)))).toBe(0x46dd794e);
});

it('agrees with the bit-by-bit definition for any part of any bytes', () => {
  fc.assert(
    fc.property(fc.uint8Array({ maxLength: 1_000, size: 'max' }), fc.nat(20), (bytes, start) => {
      let crc = 0xffffffff;
      for (const byte of bytes.subarray(start)) {
        crc ^= byte;
        for (let bit = 0; bit < 8; bit++) crc = crc & 1 ? (crc >>> 1) ^ 0x82f63b78 : crc >>> 1;
      }
      expect(crc32c(bytes, Math.min(start, bytes.length))).toBe(~crc >>> 0);
    }),
  );
});
