import type { Page } from 'playwright-core';
import { type Colour, indexedPng } from '../reports/charts/index.ts';

/** The most that an indexed image holds. */
const COLOURS = 256;

/** An opaque picture with its 256 most frequent colours, every other one as the nearest of them: a third of the bytes. The empty page decodes it. */
export async function smallPng(empty: Page, png: Buffer, width: number): Promise<Buffer> {
  const decoded = await empty.evaluate<string>(
    DECODE.replace('PICTURE', `data:image/png;base64,${png.toString('base64')}`),
  );
  const pixels = Buffer.from(decoded.slice(decoded.indexOf(',') + 1), 'base64');
  const counts = new Map<number, number>();
  for (let at = 0; at < pixels.length; at += 4) {
    const colour = pixels.readUIntBE(at, 3);
    counts.set(colour, (counts.get(colour) ?? 0) + 1);
  }
  const palette = [...counts]
    .sort((a, b) => b[1] - a[1] || a[0] - b[0])
    .slice(0, COLOURS)
    .map(([colour]) => channels(colour));
  const indexes = new Map([...counts.keys()].map((colour) => [colour, nearest(channels(colour), palette)]));
  const indexed = Uint8Array.from(
    { length: pixels.length / 4 },
    (_, i) => indexes.get(pixels.readUIntBE(i * 4, 3)) ?? 0,
  );
  return indexedPng(width, indexed, palette);
}

/** Answers with red, green, blue and opacity of every pixel, as a data URI. */
const DECODE = `(async () => {
  const picture = await createImageBitmap(await (await fetch('PICTURE')).blob());
  const context = new OffscreenCanvas(picture.width, picture.height).getContext('2d');
  context.drawImage(picture, 0, 0);
  const { data } = context.getImageData(0, 0, picture.width, picture.height);
  const reader = new FileReader();
  reader.readAsDataURL(new Blob([data]));
  await new Promise((resolve) => { reader.onload = resolve; });
  return reader.result;
})()`;

const channels = (colour: number): Colour => [colour >> 16, (colour >> 8) & 255, colour & 255, 255];

function nearest(colour: Colour, palette: readonly Colour[]): number {
  const distances = palette.map((each) => Math.hypot(...each.map((value, i) => value - (colour[i] ?? 0))));
  return distances.indexOf(Math.min(...distances));
}
