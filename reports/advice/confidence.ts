import type { Configuration } from '../evidence/index.ts';
import { CONFIDENCES, type Confidence } from './advice.ts';
import { PICKS, type Pick } from './at-rate.ts';
import type { Requirement } from './check.ts';
import { hasKeys, recoveriesFor, requirementsOf, searchesFor } from './judge.ts';
import type { Model, Objective } from './objective.ts';

/** From this many values on, an interval of the median has 95 % (`medianInterval`). */
const ENOUGH_VALUES = 6;

/**
 * How well the question is measured, which is how sure an advice may be called. Of each model its best measured configuration counts, of
 * that the least measured limit, and of the models the less well measured one. It looks at which conditions were measured how
 * often and never at how it came out: so taking a result away can change what is advised and cannot make it surer.
 *
 * @param byModel configurations that could do the job, whatever they measure; a model that lacks a capability has no entry
 */
export function confidenceOf(
  byModel: ReadonlyMap<Model, readonly Configuration[]>,
  objective: Objective,
): Confidence {
  const grades = [...byModel.values()].map((configurations) =>
    Math.max(NONE, ...configurations.map((configuration) => gradeOf(configuration, objective))),
  );
  const best = Math.max(NONE, ...grades);
  const least = Math.min(...grades);
  if (best === NONE) return 'none';
  return least === NONE ? 'one-model' : (CONFIDENCES[least] as Confidence);
}

const gradeOfName = (name: Confidence): number => CONFIDENCES.indexOf(name);
const NONE = gradeOfName('none');

/** Of the limit that is measured least, none where one was not measured; or of a search for a rate that is not held, which tells enough alone. */
function gradeOf(configuration: Configuration, objective: Objective): number {
  if (!hasKeys(configuration.keys, objective)) return NONE;
  const limits = requirementsOf(objective).map((requirement) =>
    gradeOfLimit(configuration, objective, requirement),
  );
  const searches = searchesFor(configuration, objective)
    .filter(({ failsPerSecond: fails }) => fails !== null && fails.lowest <= objective.ratePerSecond)
    .map((search) => gradeOfCount(search.searches));
  const grade = Math.max(Math.min(...limits), ...searches);
  const isAsAsked = objective.keys === null || configuration.keys === objective.keys;
  return isAsAsked ? grade : Math.min(grade, gradeOfName('interpolated'));
}

function gradeOfLimit(configuration: Configuration, objective: Objective, requirement: Requirement): number {
  switch (requirement.kind) {
    case 'rate':
      return gradeAtRate(configuration, objective, PICKS.p50);
    case 'latency':
      return gradeAtRate(configuration, objective, PICKS[`p${requirement.percentile}`]);
    case 'recovery':
      return gradeOfRecovery(configuration, objective);
    case 'cost':
      return gradeAtRate(configuration, objective, PICKS.cost);
  }
}

function gradeAtRate({ latencies }: Configuration, { ratePerSecond }: Objective, pick: Pick): number {
  const known = latencies.flatMap((point) => {
    const estimate = pick(point);
    return estimate === null ? [] : [{ rate: point.ratePerSecond, count: estimate.count }];
  });
  const there = known.find(({ rate }) => rate === ratePerSecond);
  if (there !== undefined) return gradeOfCount(there.count);
  const isBetween =
    known.some(({ rate }) => rate < ratePerSecond) && known.some(({ rate }) => rate > ratePerSecond);
  return isBetween ? gradeOfName('interpolated') : NONE;
}

function gradeOfRecovery(configuration: Configuration, objective: Objective): number {
  const points = recoveriesFor(configuration, objective);
  const there = points.filter(({ ratePerSecond }) => ratePerSecond === objective.ratePerSecond);
  if (there.length > 0) return Math.max(...there.map(({ kills }) => gradeOfCount(kills)));
  return points.length > 0 ? gradeOfName('interpolated') : NONE;
}

function gradeOfCount(count: number): number {
  if (count >= ENOUGH_VALUES) return gradeOfName('interval');
  return gradeOfName(count > 1 ? 'few-runs' : 'one-run');
}
