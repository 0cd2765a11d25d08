/**
 * Start of the latest window that starts at or before a time, where windows start at multiples of `slideMs` plus the offset, which may be
 * negative (semantics A1; TimeWindow.getWindowStartWithOffset). The slide of tumbling windows is their size.
 */
export function windowStartMs(timestampMs: number, slideMs: number, offsetMs: number): number {
  const remainder = (timestampMs - offsetMs) % slideMs;
  return timestampMs - (remainder < 0 ? remainder + slideMs : remainder);
}
