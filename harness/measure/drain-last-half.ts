/** Fewer instants of arrival say nothing of a rate. */
const LEAST_ARRIVALS = 10;
/** So many releases must lie in the half that is measured: with one, its rate would be that of a sink. */
const LEAST_RELEASES = 2;
/** What may pass for a half where releases part the backlog, as the share covered before it. */
const HALF = { from: 0.4, to: 0.6 };

/**
 * The rate over the last half of a backlog: what was covered per second after the first instant at which half of it was. By then a virtual
 * machine has compiled what is hot. Where outputs are released together (a batch, a transaction's commit), both ends are ends of a release,
 * so that whole cycles are counted: the release nearest to the half ends the first one.
 *
 * @param arrivalsUs of every sample, ascending, microseconds
 * @param releasesUs ends of batches or commits, ascending, on the same axis; none where outputs come as they are made
 * @returns inputs a second; null with fewer than ten instants of arrival, where no release parts the backlog into 40 to 60 % and the rest, or
 * with fewer than two releases in the rest
 */
export function lastHalfPerSecond(
  arrivalsUs: Float64Array,
  releasesUs: readonly number[],
  events: number,
): number | null {
  if (new Set(arrivalsUs).size < LEAST_ARRIVALS) return null;
  const covered =
    releasesUs.length === 0 ? coveredAtHalf(arrivalsUs) : coveredAtRelease(arrivalsUs, releasesUs);
  if (covered === null) return null;
  const seconds = ((arrivalsUs.at(-1) as number) - (arrivalsUs[covered - 1] as number)) / 1e6;
  return seconds > 0 ? (events * (1 - covered / arrivalsUs.length)) / seconds : null;
}

/** Samples covered at the first instant at which half of them are. */
function coveredAtHalf(arrivalsUs: Float64Array): number {
  return countUntil(arrivalsUs, arrivalsUs[Math.ceil(arrivalsUs.length / 2) - 1] as number);
}

/** Samples covered by the end of the release nearest to the half; null where none is near. */
function coveredAtRelease(arrivalsUs: Float64Array, releasesUs: readonly number[]): number | null {
  const fromHalf = (covered: number) => Math.abs(covered / arrivalsUs.length - 0.5);
  const [nearest] = boundsBetween(releasesUs)
    .map((bound) => countUntil(arrivalsUs, bound))
    .sort((one, other) => fromHalf(one) - fromHalf(other));
  const share = (nearest ?? 0) / arrivalsUs.length;
  return nearest !== undefined && share >= HALF.from && share <= HALF.to ? nearest : null;
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
