import type { SustainRun, SustainStep } from '../../reports/model/index.ts';
import { type LowerBound, RateLedger, type UpperBound } from './rate-ledger.ts';

export interface SearchOptions {
  /** Rates are whole records a second; `lowest` <= `from` <= `highest`. */
  readonly from: number;
  readonly lowest: number;
  readonly highest: number;
  /** Share by which the lowest rate that fails may lie above the answer, above 0. */
  readonly precision: number;
  /** How often the answer must hold in all, the probe that found it included. */
  readonly confirmations: number;
  /** The search ends with this probe at the latest. */
  readonly maximumProbes: number;
}

type Figures = NonNullable<SustainRun['figures']>;

/** The search's part of a sustain run's figures, with everything that the probes said, in order. */
export interface SearchResult<Step> extends Pick<Figures, 'sustainablePerSecond' | 'bracket' | 'limitedBy'> {
  readonly steps: readonly Step[];
}

type Decision =
  | { readonly kind: 'probe'; readonly ratePerSecond: number; readonly purpose: SustainStep['purpose'] }
  | { readonly kind: 'found'; readonly ratePerSecond: number | null };

/**
 * Finds the highest rate that holds. It doubles from the start rate, or halves when the first probe does not hold, until it has a rate
 * that holds and one that does not; halves the gap between them on a logarithmic scale until they are within `precision`; and confirms:
 * the upper bound gets a second chance, and the answer must hold `confirmations` times in all.
 *
 * With a probe that always says the same of a rate and a threshold above which nothing holds, the answer is at most `precision` below
 * it. Near the threshold a real probe flips, and each error has its cure:
 *
 * - A rate that fails by chance is probed again before the answer rests on it; where it then holds, the search goes on above it.
 * - A rate that holds by chance fails when it is confirmed. It is the upper bound from then on, and the search steps down to the next
 *   rate that held, and into the gap between.
 *
 * So one mistaken failure costs at most one more `precision`, and what is answered has held `confirmations` times. It ends after
 * `maximumProbes` at the latest, whatever the probe says: then without an answer, unless one has been confirmed.
 *
 * @param probe measures a rate; a `driver` verdict bounds the search without saying anything of the engine. What it throws ends the search
 */
export async function searchSustainable<Step extends Pick<SustainStep, 'verdict'>>(
  probe: (ratePerSecond: number, purpose: SustainStep['purpose']) => Promise<Step>,
  options: SearchOptions,
): Promise<SearchResult<Step>> {
  const ledger = new RateLedger();
  const steps: Step[] = [];
  while (true) {
    const [lower, upper] = [ledger.lower(), ledger.upper()];
    const decision = decide(lower, upper, options);
    const bracket = { holds: lower?.ratePerSecond ?? null, fails: upper?.ratePerSecond ?? null };
    if (decision.kind === 'found') {
      const { ratePerSecond: sustainablePerSecond } = decision;
      return { sustainablePerSecond, bracket, limitedBy: upper?.by ?? 'range', steps };
    }
    if (steps.length >= options.maximumProbes) {
      const confirmed = lower !== null && lower.holds >= options.confirmations;
      const sustainablePerSecond = confirmed ? lower.ratePerSecond : null;
      return { sustainablePerSecond, bracket, limitedBy: 'probes', steps };
    }
    const step = await probe(decision.ratePerSecond, decision.purpose);
    ledger.record(decision.ratePerSecond, step.verdict);
    steps.push(step);
  }
}

function decide(lower: LowerBound | null, upper: UpperBound | null, options: SearchOptions): Decision {
  const { from, lowest, highest, precision, confirmations } = options;
  if (upper === null) {
    if (lower === null) return { kind: 'probe', ratePerSecond: from, purpose: 'bracket' };
    if (lower.ratePerSecond < highest) {
      return { kind: 'probe', ratePerSecond: Math.min(2 * lower.ratePerSecond, highest), purpose: 'bracket' };
    }
  } else if (lower === null) {
    if (upper.ratePerSecond > lowest) {
      const ratePerSecond = Math.max(Math.floor(upper.ratePerSecond / 2), lowest);
      return { kind: 'probe', ratePerSecond, purpose: 'bracket' };
    }
  } else if (
    upper.ratePerSecond > lower.ratePerSecond * (1 + precision) &&
    upper.ratePerSecond - lower.ratePerSecond > 1
  ) {
    return {
      kind: 'probe',
      ratePerSecond: between(lower.ratePerSecond, upper.ratePerSecond),
      purpose: 'bisect',
    };
  }
  if (upper !== null && !upper.final) {
    return { kind: 'probe', ratePerSecond: upper.ratePerSecond, purpose: 'confirm' };
  }
  if (lower !== null && lower.holds < confirmations) {
    return { kind: 'probe', ratePerSecond: lower.ratePerSecond, purpose: 'confirm' };
  }
  return { kind: 'found', ratePerSecond: lower?.ratePerSecond ?? null };
}

/** The middle of two whole rates on a logarithmic scale, neither of them. */
function between(lower: number, upper: number): number {
  return Math.min(Math.max(Math.round(Math.sqrt(lower * upper)), lower + 1), upper - 1);
}
