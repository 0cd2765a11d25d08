/**
 * Start of the tumbling window [start, start + sizeMs) that holds a time; windows start at multiples of the size plus the offset, which
 * may be negative (semantics A1; TimeWindow.getWindowStartWithOffset).
 */
export function windowStartMs(timestampMs: number, sizeMs: number, offsetMs: number): number {
  const remainder = (timestampMs - offsetMs) % sizeMs;
  return timestampMs - (remainder < 0 ? remainder + sizeMs : remainder);
}
