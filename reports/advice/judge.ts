import type { Configuration, RecoveryPoint, SustainPoint } from '../evidence/index.ts';
import { type AtRate, atRate, PICKS } from './at-rate.ts';
import type { Check, Judged, Reading, Requirement } from './check.ts';
import type { LatencyLimit, Objective } from './objective.ts';

/** The limits of an objective: the rate, latencies by percentile, the recovery, the cost. */
export function requirementsOf(objective: Objective): readonly Requirement[] {
  const { ratePerSecond, latencyLimits, recoveryMs, cpuSecondsPerMillion } = objective;
  const latencies = [...latencyLimits].sort((one, other) => one.percentile - other.percentile);
  return [
    { kind: 'rate', limit: ratePerSecond, unit: 'events/s' },
    ...latencies.map(
      ({ percentile, limitMs }): Requirement => ({ kind: 'latency', percentile, limit: limitMs, unit: 'ms' }),
    ),
    ...(recoveryMs === null ? [] : [{ kind: 'recovery', limit: recoveryMs, unit: 'ms' } as const]),
    ...(cpuSecondsPerMillion === null
      ? []
      : [{ kind: 'cost', limit: cpuSecondsPerMillion, unit: 'CPU-s per million events' } as const]),
  ];
}

/** Holds a configuration of the objective's workload against every limit, by its own evidence alone. */
export function judgeConfiguration(configuration: Configuration, objective: Objective): Judged {
  if (!hasKeys(configuration.keys, objective)) {
    const lack = { kind: 'keys', measured: configuration.keys } as const;
    const checks = requirementsOf(objective).map(
      (requirement): Check => ({ status: 'unmeasured', requirement, lack }),
    );
    return { configuration, checks, cost: null };
  }
  const cost = atRate(configuration, objective.ratePerSecond, PICKS.cost);
  return {
    configuration,
    checks: requirementsOf(objective).map((requirement) =>
      underConditions(checkOf(configuration, objective, requirement), configuration, objective),
    ),
    cost: cost.kind === 'known' ? cost.reading : null,
  };
}

/** What is met at a higher rate or with more keys than asked is met, and said to be so; a limit that is missed there may yet be met: nothing is known. */
function underConditions(check: Check, { keys }: Configuration, objective: Objective): Check {
  if (check.status === 'unmeasured') return check;
  const { requirement, reading } = check;
  const { basis } = reading;
  const hasMoreKeys = objective.keys !== null && keys !== null && keys > objective.keys;
  if (check.status === 'missed') {
    if (hasMoreKeys) return { status: 'unmeasured', requirement, lack: { kind: 'keys', measured: keys } };
    return basis.kind === 'harder' ? { status: 'unmeasured', requirement, lack: { kind: 'kills' } } : check;
  }
  if (!hasMoreKeys || basis.kind !== 'measured') return check;
  return {
    ...check,
    reading: { ...reading, basis: { kind: 'harder', ratePerSecond: basis.ratePerSecond, keys } },
  };
}

function checkOf(configuration: Configuration, objective: Objective, requirement: Requirement): Check {
  const { ratePerSecond } = objective;
  switch (requirement.kind) {
    case 'rate':
      return checkRate(configuration, objective, requirement);
    case 'latency':
      return checkUpper(
        requirement,
        atRate(configuration, ratePerSecond, PICKS[`p${requirement.percentile}`]),
      );
    case 'recovery':
      return checkUpper(requirement, recoveryOf(configuration, objective));
    case 'cost':
      return checkUpper(requirement, atRate(configuration, ratePerSecond, PICKS.cost));
  }
}

/** Fewer keys are a smaller state, and nothing is known of a larger one. */
export const hasKeys = (keys: number | null, objective: Objective): boolean =>
  objective.keys === null || (keys !== null && keys >= objective.keys);

function checkUpper(requirement: Requirement, found: AtRate): Check {
  if (found.kind === 'unknown') return { status: 'unmeasured', requirement, lack: found.lack };
  const { reading } = found;
  const { low, high } = reading.estimate;
  const { limit } = requirement;
  return high <= limit
    ? { status: 'met', requirement, reading, headroom: 1 - high / limit }
    : { status: 'missed', requirement, reading, factor: high / limit, surely: low > limit };
}

function checkRate(
  configuration: Configuration,
  objective: Objective,
  requirement: Extract<Requirement, { kind: 'rate' }>,
): Check {
  const { ratePerSecond } = objective;
  const failed = searchesFor(configuration, objective).find((search) => failsAt(search, ratePerSecond));
  if (failed !== undefined) {
    const { highest } = failed.failsPerSecond as { highest: number };
    const { slo, files, ratePerSecond: held } = failed;
    const estimate = { low: highest, median: highest, high: highest, count: held?.count ?? 1 };
    const reading: Reading = { estimate, basis: { kind: 'search', ...slo }, neverSteady: false, files };
    return { status: 'missed', requirement, reading, factor: ratePerSecond / highest, surely: true };
  }
  const found = atRate(configuration, ratePerSecond, (point) => point.p50Ms);
  if (found.kind === 'unknown') return { status: 'unmeasured', requirement, lack: found.lack };
  if (found.reading.neverSteady) return { status: 'unmeasured', requirement, lack: { kind: 'unsteady' } };
  const highest = Math.max(
    ...configuration.latencies
      .filter(({ neverSteady, p50Ms }) => !neverSteady && p50Ms !== null)
      .map((point) => point.ratePerSecond),
  );
  const { count } = found.reading.estimate;
  const estimate = { low: highest, median: highest, high: highest, count };
  return {
    status: 'met',
    requirement,
    reading: { ...found.reading, estimate },
    headroom: highest / ratePerSecond - 1,
  };
}

/** Searches that ask no more than the objective does: what fails them fails it. */
export function searchesFor(
  { searches }: Configuration,
  { latencyLimits }: Objective,
): readonly SustainPoint[] {
  const implies = (limit: LatencyLimit, { slo }: SustainPoint): boolean =>
    limit.percentile >= slo.percentile && limit.limitMs <= slo.limitMs;
  return searches.filter((search) => latencyLimits.some((limit) => implies(limit, search)));
}

/** Whether every search found less than the rate, and one knows a lower rate that does not hold. */
function failsAt({ failsPerSecond, ratePerSecond: held }: SustainPoint, ratePerSecond: number): boolean {
  return (
    failsPerSecond !== null &&
    failsPerSecond.highest <= ratePerSecond &&
    (held === null || held.high < ratePerSecond)
  );
}

/** Kills of the whole process that say something of the objective: at its rate or more, with as many keys. More is harder: more is replayed and restored. */
export function recoveriesFor(
  { recoveries, keys }: Configuration,
  objective: Objective,
): readonly RecoveryPoint[] {
  return recoveries.filter(
    ({ target, ratePerSecond, stateKeys }) =>
      target === 'process' &&
      ratePerSecond >= objective.ratePerSecond &&
      hasKeys(stateKeys ?? keys, objective),
  );
}

/** The first output after a kill, from the recoveries nearest to what is asked. */
export function recoveryOf(configuration: Configuration, objective: Objective): AtRate {
  const [nearest] = [...recoveriesFor(configuration, objective)].sort(
    (one, other) =>
      one.ratePerSecond - other.ratePerSecond ||
      (one.stateKeys ?? configuration.keys ?? 0) - (other.stateKeys ?? configuration.keys ?? 0),
  );
  if (nearest === undefined) return { kind: 'unknown', lack: { kind: 'kills' } };
  const { firstOutputMs, ratePerSecond, stateKeys, files } = nearest;
  if (firstOutputMs === null) return { kind: 'unknown', lack: { kind: 'never-recovered' } };
  const keys = stateKeys ?? configuration.keys;
  const isAsAsked =
    ratePerSecond === objective.ratePerSecond && (objective.keys === null || keys === objective.keys);
  return {
    kind: 'known',
    reading: {
      estimate: firstOutputMs,
      basis: isAsAsked ? { kind: 'measured', ratePerSecond } : { kind: 'harder', ratePerSecond, keys },
      neverSteady: false,
      files,
    },
  };
}
