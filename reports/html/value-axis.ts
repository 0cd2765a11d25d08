import { linearScale, logScale, type Scale, type Span } from '../charts/index.ts';

/** Logarithmic where the values span more than a decade, from 0 otherwise. */
export function axisOf(domain: Span, range: Span, tick: (value: number) => string): Scale {
  return domain.to / domain.from > 10
    ? logScale(domain, range, tick)
    : linearScale({ from: 0, to: domain.to }, range, 5, tick);
}
