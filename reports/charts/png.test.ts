import { crc32, inflateSync } from 'node:zlib';
import { expect, test } from 'vitest';
import { type Colour, indexedPng } from './png.ts';

/** Takes an image apart, checking each sum. */
function chunksOf(image: Buffer): ReadonlyMap<string, Buffer> {
  expect(image.subarray(0, 8).toString('latin1')).toBe('\u0089PNG\r\n\u001a\n');
  const chunks = new Map<string, Buffer>();
  for (let at = 8; at < image.length; ) {
    const end = at + 8 + image.readUInt32BE(at);
    expect(image.readUInt32BE(end)).toBe(crc32(image.subarray(at + 4, end)));
    chunks.set(image.toString('latin1', at + 4, at + 8), image.subarray(at + 8, end));
    at = end + 4;
  }
  return chunks;
}

test('an image decodes to the pixels and colours it was made of', () => {
  const palette: readonly Colour[] = [
    [0, 0, 0, 0],
    [10, 20, 30, 128],
    [200, 100, 50, 255],
  ];
  const chunks = chunksOf(indexedPng(3, Uint8Array.from([0, 1, 2, 2, 1, 0]), palette));
  expect([...chunks.keys()]).toEqual(['IHDR', 'PLTE', 'tRNS', 'IDAT', 'IEND']);
  expect([...(chunks.get('IHDR') ?? [])]).toEqual([0, 0, 0, 3, 0, 0, 0, 2, 8, 3, 0, 0, 0]);
  expect([...(chunks.get('PLTE') ?? [])]).toEqual([0, 0, 0, 10, 20, 30, 200, 100, 50]);
  expect([...(chunks.get('tRNS') ?? [])]).toEqual([0, 128, 255]);
  // Each row begins with its filter, none.
  expect([...inflateSync(chunks.get('IDAT') ?? '')]).toEqual([0, 0, 1, 2, 0, 2, 1, 0]);
});
