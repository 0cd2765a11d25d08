/** A tick of a latency axis: 200 us, 5 ms, 1 s. */
export function latencyTick(microseconds: number): string {
  if (microseconds >= 1e6) return `${plain(microseconds / 1e6)} s`;
  if (microseconds >= 1e3) return `${plain(microseconds / 1e3)} ms`;
  return `${plain(microseconds)} us`;
}

/** A tick of a count axis: 0, 500, 20 k, 1 M. */
export function countTick(count: number): string {
  if (count >= 1e6) return `${plain(count / 1e6)} M`;
  if (count >= 1e3) return `${plain(count / 1e3)} k`;
  return plain(count);
}

/** Seconds of a time axis given in milliseconds. */
export function secondsTick(milliseconds: number): string {
  return String(Math.round(milliseconds / 10) / 100);
}

/** Ticks are round numbers: without zeros behind the point. */
const plain = (value: number) => String(Number(value.toPrecision(3)));
