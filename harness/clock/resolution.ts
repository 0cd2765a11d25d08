/** Reads that a self-test makes: a clock that steps each millisecond shows some of its steps in them. */
const READS = 100_000;
/** A clock that has not moved after so many times as many reads is called stopped. */
const PATIENCE = 1_000;

/**
 * The smallest step that a clock makes, microseconds: the least difference of two successive reads that is not zero. It is the larger of
 * the clock's own step and the time that a read takes, which is what bounds a stamp. `Infinity` for a clock that never moves.
 *
 * @param readNs the clock, nanoseconds
 * @param reads how often to read; more are made until the clock has moved at all
 */
export function clockResolutionUs(readNs: () => bigint, reads = READS): number {
  let smallestNs: bigint | undefined;
  let before = readNs();
  for (let read = 0; read < (smallestNs === undefined ? reads * PATIENCE : reads); read += 1) {
    const now = readNs();
    const stepNs = now - before;
    before = now;
    if (stepNs > 0n && (smallestNs === undefined || stepNs < smallestNs)) smallestNs = stepNs;
  }
  return smallestNs === undefined ? Number.POSITIVE_INFINITY : Number(smallestNs) / 1_000;
}

/** The coarser of the two clocks that stamps are taken from, microseconds: process.hrtime.bigint and performance.now. */
export function ownClockResolutionUs(): number {
  return Math.max(
    clockResolutionUs(() => process.hrtime.bigint()),
    clockResolutionUs(() => BigInt(Math.round(performance.now() * 1e6))),
  );
}
