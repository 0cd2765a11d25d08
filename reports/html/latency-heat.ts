import { drawHeatMap, heatScale, type Scale, type Span } from '../charts/index.ts';
import { html, type Markup } from '../markup/index.ts';
import { HEAT_BUCKETS_US, type Slice } from '../model/index.ts';

/** Width of a bucket; from the ends, since the bounds between are rounded. */
const FACTOR =
  ((HEAT_BUCKETS_US.at(-1) ?? 1) / (HEAT_BUCKETS_US[0] ?? 1)) ** (1 / (HEAT_BUCKETS_US.length - 1));

/** Lower end of the lowest bucket with an input in it, microseconds: an axis that begins there hides none. Null without counts. */
export function lowestHeat(slices: readonly Slice[]): number | null {
  const bucket = lowestBucket(slices);
  return bucket === null ? null : lowerEnd(bucket);
}

/**
 * How many inputs of each slice had which latency, as shades.
 *
 * @param slices without gaps
 * @param y logarithmic over `domain`, microseconds
 */
export function latencyHeat(
  slices: readonly Slice[],
  x: Scale,
  y: Scale,
  domain: Span,
  clip: { readonly top: number; readonly bottom: number },
): Markup | null {
  const [first, last] = [slices[0], slices.at(-1)];
  const lowest = lowestBucket(slices);
  if (first === undefined || last === undefined || lowest === null) return null;
  const end = 1 + Math.max(...slices.map(({ heat }) => heat.findLastIndex((count) => count > 0)));
  // The scale clamps, so places beyond its ends are worked out from the places of the ends.
  const bottom = y.position(domain.from);
  const unitsADecade = (y.position(domain.to) - bottom) / Math.log10(domain.to / domain.from);
  const place = (latency: number) => bottom + Math.log10(latency / domain.from) * unitsADecade;
  return drawHeatMap({
    columns: slices.map(({ heat }) => heat.slice(lowest, end)),
    x: { from: x.position(first.atMs), to: x.position(last.atMs + last.lengthMs) },
    y: { from: place(lowerEnd(lowest)), to: place(lowerEnd(end)) },
    clip,
  });
}

/** What the shades mean; null without counts. */
export function heatLegend(slices: readonly Slice[]): Markup | null {
  return lowestBucket(slices) === null
    ? null
    : html`shades: inputs of a slice with that latency, ${heatScale()}`;
}

const lowerEnd = (bucket: number) => (HEAT_BUCKETS_US[0] ?? 1) * FACTOR ** (bucket - 1);

function lowestBucket(slices: readonly Slice[]): number | null {
  const lowest = slices.map(({ heat }) => heat.findIndex((count) => count > 0)).filter((i) => i >= 0);
  return lowest.length === 0 ? null : Math.min(...lowest);
}
