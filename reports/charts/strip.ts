import { html, type Markup } from '../markup/index.ts';
import { dotsPath, short } from './path.ts';

const STEP = 7;
const HEIGHT = 16;
const EDGE = 3;

/** Least span that the height stands for, as a share of the middle value on either side: smaller differences look small. */
const LEAST_SHARE = 0.1;

/** A dot a value, in their order, for beside the figure that they give; it says nothing that is not told elsewhere in words. */
export function drawStrip(values: readonly number[], style: string): Markup {
  const [low, high] = [Math.min(...values), Math.max(...values)];
  const middle = (low + high) / 2;
  const half = Math.max((high - low) / 2, Math.abs(middle) * LEAST_SHARE) || 1;
  const place = (value: number) => HEIGHT / 2 - ((value - middle) / half) * (HEIGHT / 2 - EDGE);
  const width = short(values.length * STEP);
  return html`<svg class="strip" width="${width}" height="${HEIGHT}" viewBox="0 0 ${width} ${HEIGHT}" aria-hidden="true"><path class="series dots ${style}" d="${dotsPath(
    values.map((value, i) => [(i + 0.5) * STEP, place(value)]),
  )}"/></svg>`;
}
