import type { SecondSummary } from '../observe/index.ts';
import type { Slo } from '../search/index.ts';

/** Inputs that wait longer than this, and longer than the limit, show a queue that is seconds long. */
const SHORTEST_WAIT_MS = 3_000;
/** Tallies come each 100 ms; this much later everything seen by an instant is known. */
const TALLY_DELAY_MS = 500;
/** How many times the share of late inputs that the objective allows must be late for certain. */
const CERTAINTY = 2;

/** The measured part of a probe's schedule, milliseconds from its start. */
interface Stretch {
  readonly fromMs: number;
  readonly toMs: number;
}

/** From this instant of the schedule on `failedAlready` has nothing more to find. */
export function watchEndsMs({ toMs }: Stretch, slo: Slo): number {
  return toMs + waitMs(slo) + TALLY_DELAY_MS + 1_000;
}

/**
 * Whether a probe under way has failed already, so that its overload need not be waited out: more inputs of the measured stretch than the
 * objective allows, twice over, have waited for seconds and wait still, and no later second is complete. A second that is complete
 * while an earlier one is not shows lost outputs rather than a queue; that run goes on to its end, where the oracle says so.
 *
 * @param elapsedMs since the start of the schedule
 * @returns why, in words; null while it may still hold
 */
export function failedAlready(
  seconds: readonly SecondSummary[],
  elapsedMs: number,
  stretch: Stretch,
  slo: Slo,
): string | null {
  const wait = waitMs(slo);
  const measured = seconds.filter(
    ({ second }) => second * 1_000 >= stretch.fromMs && second * 1_000 < stretch.toMs,
  );
  const late = measured.filter(
    ({ second, samples, expected }) =>
      samples < expected && (second + 1) * 1_000 + wait + TALLY_DELAY_MS <= elapsedMs,
  );
  const first = late[0];
  if (first === undefined) return null;
  const completeLater = measured.some(
    ({ second, samples, expected }) => second > first.second && expected > 0 && samples >= expected,
  );
  if (completeLater) return null;
  const waiting = sum(late.map(({ samples, expected }) => expected - samples));
  const expectedInAll =
    (sum(measured.map(({ expected }) => expected)) / measured.length) *
    ((stretch.toMs - stretch.fromMs) / 1_000);
  if (waiting <= (CERTAINTY * (100 - slo.percentile) * expectedInAll) / 100) return null;
  return `broken off: ${waiting} inputs had waited for over ${wait} ms`;
}

const waitMs = ({ limitMs }: Slo): number => Math.max(SHORTEST_WAIT_MS, limitMs);

const sum = (numbers: readonly number[]): number => numbers.reduce((total, number) => total + number, 0);
