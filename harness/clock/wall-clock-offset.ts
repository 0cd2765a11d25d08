/** Edges looked at, a millisecond each. */
const EDGES = 5;

interface Clocks {
  /** Whole milliseconds since 1970. */
  readonly wallMs: () => number;
  readonly monotonicNs: () => bigint;
}

const OWN: Clocks = { wallMs: Date.now, monotonicNs: () => process.hrtime.bigint() };

/**
 * What must be added to an instant of the monotonic clock, in milliseconds, to get the wall clock's: it places Kafka's create times on the
 * axis of the observation. The wall clock is read in whole milliseconds only, so the instant at which it turns to the next one is caught
 * between two reads of the monotonic clock; of several such pairs the tightest is taken (Cristian, Probabilistic clock synchronization,
 * 1989). Spins for some 5 ms; good to a microsecond on an idle machine. Holds until somebody sets the wall clock: both are slewed alike.
 */
export function wallClockOffsetMs({ wallMs, monotonicNs }: Clocks = OWN, edges = EDGES): number {
  let offsetMs = 0;
  let tightestNs: bigint | undefined;
  for (let edge = 0; edge < edges; edge += 1) {
    const before = wallMs();
    let earlierNs = monotonicNs();
    let now = wallMs();
    let laterNs = monotonicNs();
    while (now === before) {
      earlierNs = laterNs;
      now = wallMs();
      laterNs = monotonicNs();
    }
    const widthNs = laterNs - earlierNs;
    if (tightestNs === undefined || widthNs < tightestNs) {
      tightestNs = widthNs;
      offsetMs = now - Number(earlierNs + laterNs) / 2e6;
    }
  }
  return offsetMs;
}
