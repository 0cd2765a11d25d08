import { html, type Markup } from '../markup/index.ts';
import { short } from './path.ts';
import { type Colour, indexedPng } from './png.ts';
import type { Span } from './scale.ts';

/** The least count of each shade, one for the whole page: shades of two charts mean the same. */
const SHADES_FROM: readonly number[] = [1, 4, 16, 64, 256, 1_024];

/** Grey, between the inks of both themes; what tells counts apart is how little of the ground shines through. */
const PALETTE: readonly Colour[] = [0, ...SHADES_FROM.map((_, i) => 30 + i * 34)].map((alpha) => [
  112,
  120,
  134,
  alpha,
]);

/** Counts in rectangles of equal size. */
interface HeatMap {
  /** Column by column from the left, each from the bottom, all of one length. */
  readonly columns: readonly (readonly number[])[];
  /** Where the counts stand, SVG units: left to right, and bottom to top. */
  readonly x: Span;
  readonly y: Span;
  /** What lies outside is cut off. */
  readonly clip: { readonly top: number; readonly bottom: number };
}

/** Counts as shades of an image; null where there is nothing to shade. */
export function drawHeatMap({ columns, x, y, clip }: HeatMap): Markup | null {
  const rows = columns[0]?.length ?? 0;
  if (rows === 0) return null;
  const pixels = new Uint8Array(columns.length * rows);
  columns.forEach((column, i) => {
    column.forEach((count, row) => {
      pixels[(rows - 1 - row) * columns.length + i] = SHADES_FROM.filter((from) => count >= from).length;
    });
  });
  const image = indexedPng(columns.length, pixels, PALETTE).toString('base64');
  const [width, height] = [short(x.to - x.from), short(clip.bottom - clip.top)];
  // An inner SVG cuts off what leaves it.
  return html`<svg class="heat" x="${short(x.from)}" y="${short(clip.top)}" width="${width}" height="${height}"><image y="${short(
    y.to - clip.top,
  )}" width="${width}" height="${short(y.from - y.to)}" preserveAspectRatio="none" href="data:image/png;base64,${image}"/></svg>`;
}

/** The shades with their counts, for a legend. */
export function heatScale(): Markup {
  return html`${PALETTE.slice(1).map(
    ([red, green, blue, alpha], i) =>
      html`<svg class="sample" viewBox="0 0 24 10" aria-hidden="true"><path d="M0 0h24v10H0z" fill="rgb(${red} ${green} ${blue}/${
        Math.round((alpha / 255) * 100) / 100
      })"/></svg>\u00a0${SHADES_FROM[i] ?? 0}${i === SHADES_FROM.length - 1 ? ' or more' : ' '}`,
  )}`;
}
