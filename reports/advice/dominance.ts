import type { Estimate } from '../evidence/index.ts';
import { atRate, PICKS } from './at-rate.ts';
import type { Judged } from './check.ts';
import { recoveryOf } from './judge.ts';
import type { Objective } from './objective.ts';

/** Figures of a configuration under the conditions of an objective, asked for or not, by name; lower is better in all of them. */
export function figuresFor({ configuration }: Judged, objective: Objective): ReadonlyMap<string, Estimate> {
  const figures = new Map<string, Estimate>();
  for (const [name, pick] of Object.entries(PICKS)) {
    const found = atRate(configuration, objective.ratePerSecond, pick);
    if (found.kind === 'known') figures.set(name, found.reading.estimate);
  }
  const recovery = recoveryOf(configuration, objective);
  if (recovery.kind === 'known') figures.set('recovery', recovery.reading.estimate);
  for (const { slo, ratePerSecond } of configuration.searches) {
    if (ratePerSecond !== null)
      figures.set(`sustainable ${slo.percentile} ${slo.limitMs}`, negated(ratePerSecond));
  }
  for (const { events, ratePerSecond } of configuration.drains) {
    figures.set(`drain ${events}`, negated(ratePerSecond));
  }
  return figures;
}

const negated = ({ low, median, high, count }: Estimate): Estimate => ({
  low: -high,
  median: -median,
  high: -low,
  count,
});

/**
 * Whether one configuration leaves no reason to take the other: it has every figure that the other has, is at least as good in each
 * (neither end of its range is worse, nor its median), and better in one with ranges apart. A figure that only the other has may be
 * its reason, so nothing is said then. A strict partial order: there is always one that nothing dominates.
 */
export function dominates(one: ReadonlyMap<string, Estimate>, other: ReadonlyMap<string, Estimate>): boolean {
  const pairs = [...other].map(([name, its]) => ({ mine: one.get(name), its }));
  return (
    pairs.every(
      ({ mine, its }) =>
        mine !== undefined && mine.low <= its.low && mine.median <= its.median && mine.high <= its.high,
    ) && pairs.some(({ mine, its }) => mine !== undefined && mine.high < its.low)
  );
}
