import type { Run } from '../../reports/model/index.ts';
import type { Measure } from './plan.ts';

/** How often a run is tried before its refusal stands, the first time counted. */
export const DEFAULT_ATTEMPTS = 3;

/** How often a run of this measure is tried: a search tries its own probes again, and would be refused for the same reason. */
const attemptsOf = (measure: Measure, attempts: number): number => (measure === 'sustain' ? 1 : attempts);

/** A repeat with all that was tried for it. */
export interface Repeat {
  /** In the order of their starts; all but the last are refused. */
  readonly attempts: readonly Run[];
  /** Whether the last attempt stands: it was not refused, or there are no more attempts. */
  readonly settled: boolean;
}

/**
 * Puts a cell's runs of one measure together by repeat. A refused run (`invalid`) is followed by another attempt at the same repeat,
 * up to `attempts` in all; a run that passed, failed, or gave wrong outputs stands, as trying again would hide it.
 */
export function repeatsOf(runs: readonly Run[], measure: Measure, attempts: number): readonly Repeat[] {
  const repeats: { attempts: Run[]; settled: boolean }[] = [];
  for (const run of runs) {
    if (run.kind !== measure) continue;
    let repeat = repeats.at(-1);
    if (repeat === undefined || repeat.settled) {
      repeat = { attempts: [], settled: false };
      repeats.push(repeat);
    }
    repeat.attempts.push(run);
    repeat.settled = run.outcome !== 'invalid' || repeat.attempts.length >= attemptsOf(measure, attempts);
  }
  return repeats;
}
