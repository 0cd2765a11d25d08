/** Fewer instants of arrival say nothing of a rate. */
const LEAST_ARRIVALS = 10;
/** So many releases must lie in the half that is measured: with one, its rate would be that of a sink. */
const LEAST_RELEASES = 2;

/**
 * The rate over the last half of a backlog: what was covered per second after the first instant at which half of it was. By then a virtual
 * machine has compiled what is hot. Where outputs are released together (a batch, a transaction's commit), both ends are ends of a release,
 * so that whole cycles are counted.
 *
 * @param arrivalsUs of every sample, ascending, microseconds
 * @param releasesUs ends of batches or commits, ascending, on the same axis; none where outputs come as they are made
 * @returns inputs a second; null with fewer than ten instants of arrival, or fewer than two releases after the half
 */
export function lastHalfPerSecond(
  arrivalsUs: Float64Array,
  releasesUs: readonly number[],
  events: number,
): number | null {
  if (new Set(arrivalsUs).size < LEAST_ARRIVALS) return null;
  const bounds = releasesUs.length === 0 ? arrivalsUs : boundsBetween(releasesUs);
  for (const bound of bounds) {
    const covered = countUntil(arrivalsUs, bound);
    if (covered * 2 < arrivalsUs.length) continue;
    const seconds = ((arrivalsUs.at(-1) as number) - (arrivalsUs[covered - 1] as number)) / 1e6;
    return seconds > 0 ? (events * (1 - covered / arrivalsUs.length)) / seconds : null;
  }
  return null;
}

/** A reader sees a release a little after it, and what the next one holds comes late in its cycle: a quarter of the cycle parts the two. */
function boundsBetween(releasesUs: readonly number[]): readonly number[] {
  return releasesUs
    .slice(0, -LEAST_RELEASES)
    .map((atUs, i) => atUs + ((releasesUs[i + 1] as number) - atUs) / 4);
}

/** How many of the ascending values are at most the bound. */
function countUntil(values: Float64Array, bound: number): number {
  let [from, to] = [0, values.length];
  while (from < to) {
    const middle = (from + to) >>> 1;
    if ((values[middle] as number) <= bound) from = middle + 1;
    else to = middle;
  }
  return from;
}
