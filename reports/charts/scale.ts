/** A place on an axis that carries a label. */
interface Tick {
  readonly at: number;
  readonly label: string;
}

/** Maps values of one axis to positions in an SVG. */
export interface Scale {
  readonly ticks: readonly Tick[];
  /** Position of a value; values beyond the domain are clamped to its ends. */
  position(value: number): number;
}

export interface Span {
  readonly from: number;
  readonly to: number;
}

/** A linear scale from `domain` to `range` with about `wanted` ticks at 1, 2 or 5 times a power of ten. */
export function linearScale(
  domain: Span,
  range: Span,
  wanted: number,
  label: (value: number) => string,
): Scale {
  const width = domain.to - domain.from || 1;
  const rough = width / wanted;
  const power = 10 ** Math.floor(Math.log10(rough));
  const step = power * ([1, 2, 5, 10].find((factor) => factor * power >= rough) ?? 10);
  const first = Math.ceil(domain.from / step - 1e-9);
  const last = Math.floor(domain.to / step + 1e-9);
  const ticks = Array.from({ length: Math.max(0, last - first + 1) }, (_, i) => (first + i) * step);
  return {
    ticks: ticks.map((at) => ({ at, label: label(at) })),
    position: (value) => interpolate((value - domain.from) / width, range),
  };
}

/**
 * A logarithmic scale. Ticks at powers of ten, with 2 and 5 between where the domain spans fewer than two and a half decades.
 *
 * @param domain positive
 */
export function logScale(domain: Span, range: Span, label: (value: number) => string): Scale {
  const low = Math.log10(domain.from);
  const decades = Math.log10(domain.to) - low || 1;
  const factors = decades < 2.5 ? [1, 2, 5] : [1];
  const ticks: Tick[] = [];
  for (let exponent = Math.floor(low); exponent <= Math.ceil(low + decades); exponent++) {
    for (const factor of factors) {
      const at = factor * 10 ** exponent;
      if (at >= domain.from * 0.999 && at <= domain.to * 1.001) ticks.push({ at, label: label(at) });
    }
  }
  return {
    ticks,
    position: (value) => interpolate((Math.log10(Math.max(value, 1e-9)) - low) / decades, range),
  };
}

/**
 * The nines axis of HdrHistogram's plots: the position grows with log10(1 / (1 - p)), so that each further nine takes the same width.
 * Values are numbers of nines: 0 is the minimum, 1 is 90 %, 2 is 99 %.
 */
export function ninesScale(nines: number, range: Span): Scale {
  const ticks = [
    { at: 0, label: '0' },
    { at: Math.log10(2), label: '50 %' },
    { at: 1, label: '90 %' },
    { at: 2, label: '99 %' },
    { at: 3, label: '99.9 %' },
    { at: 4, label: '99.99 %' },
    { at: 5, label: '99.999 %' },
  ];
  return {
    ticks: ticks.filter((tick) => tick.at <= nines + 1e-9),
    position: (value) => interpolate(value / nines, range),
  };
}

/** Widens the span of values to one that a logarithmic axis can show; null of no positive value. */
export function logDomain(values: Iterable<number>): Span | null {
  let from = Number.POSITIVE_INFINITY;
  let to = 0;
  for (const value of values) {
    if (value > 0 && value < from) from = value;
    if (value > to) to = value;
  }
  if (to === 0) return null;
  return to / from < 4 ? { from: from / 2, to: to * 2 } : { from: from * 0.9, to: to * 1.15 };
}

function interpolate(share: number, range: Span): number {
  return range.from + Math.min(1, Math.max(0, share)) * (range.to - range.from);
}
