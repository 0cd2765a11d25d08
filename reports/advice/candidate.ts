import type { Estimate } from '../evidence/index.ts';
import type { Candidate, Weakness } from './advice.ts';
import { atRate, PICKS } from './at-rate.ts';
import type { Check, Judged, Requirement } from './check.ts';
import { requirementsOf, searchesFor } from './judge.ts';
import type { Objective } from './objective.ts';

type Met = Extract<Check, { status: 'met' }>;

const isMet = (check: Check): check is Met => check.status === 'met';

/** The configuration as a candidate, where it meets every limit; null else. */
export function candidateOf(judged: Judged, objective: Objective): Candidate | null {
  const checks = judged.checks.filter(isMet);
  if (checks.length < judged.checks.length) return null;
  return { ...judged, checks, weakness: weaknessOf(judged, checks, objective) };
}

function weaknessOf(judged: Judged, checks: readonly Met[], objective: Objective): Weakness {
  const limits = checks.filter(({ requirement }) => requirement.kind !== 'rate');
  const [first, ...others] = limits.length > 0 ? limits : checks;
  const tightest = others.reduce((one, other) => (other.headroom < one.headroom ? other : one), first as Met);
  const breaks = [...brokenRuns(judged, objective), ...brokenSearches(judged, objective)].sort(
    (one, other) => one.ratePerSecond - other.ratePerSecond,
  );
  return { requirement: tightest.requirement, headroom: tightest.headroom, breaks: breaks[0] ?? null };
}

type Break = NonNullable<Weakness['breaks']>;

/** Measured rates above the one asked at which a limit is missed. */
function brokenRuns({ configuration }: Judged, objective: Objective): readonly Break[] {
  const higher = configuration.latencies.filter(
    ({ ratePerSecond }) => ratePerSecond > objective.ratePerSecond,
  );
  return higher.flatMap(({ ratePerSecond }) =>
    requirementsOf(objective)
      .filter((requirement) => isMissedAt(requirement, ratePerSecond))
      .map((requirement): Break => ({ ratePerSecond, requirement, from: 'run' })),
  );

  function isMissedAt(requirement: Requirement, ratePerSecond: number): boolean {
    switch (requirement.kind) {
      case 'latency':
        return isAbove(PICKS[`p${requirement.percentile}`], requirement, ratePerSecond);
      case 'cost':
        return isAbove(PICKS.cost, requirement, ratePerSecond);
      case 'rate':
      case 'recovery':
        return false;
    }
  }

  function isAbove(pick: (typeof PICKS)['p99'], { limit }: Requirement, ratePerSecond: number): boolean {
    const found = atRate(configuration, ratePerSecond, pick);
    return found.kind === 'known' && found.reading.estimate.high > limit;
  }
}

/** Rates above the one asked that a search, which asks no more than the objective, found not to hold. */
function brokenSearches({ configuration }: Judged, objective: Objective): readonly Break[] {
  const [rate] = requirementsOf(objective) as [Requirement];
  return searchesFor(configuration, objective).flatMap(({ failsPerSecond }) =>
    failsPerSecond !== null && failsPerSecond.lowest > objective.ratePerSecond
      ? [{ ratePerSecond: failsPerSecond.lowest, requirement: rate, from: 'search' as const }]
      : [],
  );
}

/**
 * How much of its tightest limit a candidate uses, as a share: of each end of the ranges the most that any limit but the rate sees. Null
 * where no such limit is asked.
 */
export function useOf({ checks }: Candidate): Pick<Estimate, 'low' | 'high'> | null {
  const limits = checks.filter(({ requirement }) => requirement.kind !== 'rate');
  if (limits.length === 0) return null;
  const most = (end: 'low' | 'high'): number =>
    Math.max(...limits.map(({ requirement, reading }) => reading.estimate[end] / requirement.limit));
  return { low: most('low'), high: most('high') };
}
