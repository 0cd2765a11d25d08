import {
  type Advice,
  type Basis,
  type Check,
  type Confidence,
  type Decision,
  type Judged,
  type Lack,
  MODEL_OF,
  type NoEvidence,
  type NoneMeets,
  type Objective,
  type Weakness,
} from '../advice/index.ts';
import { cleanText } from '../markup/index.ts';
import { sharePercent, whole } from '../numbers/index.ts';
import type { Verification } from './advice-report.ts';
import { figureName, limitText, timesText, valueText } from './quantities.ts';

const LONGEST_NAME = 160;

/** A configuration's name, with its model where the engine's name does not say it. */
export function configurationText({
  configuration: { name, engine },
}: Pick<Judged, 'configuration'>): string {
  const shown = cleanText(name, LONGEST_NAME);
  return engine === 'flink' || engine === 'spark' ? `${shown}, the ${MODEL_OF[engine]} model` : shown;
}

/** The answer in a sentence. */
export function headline(advice: Advice): string {
  switch (advice.kind) {
    case 'recommended':
      return `Take ${configurationText(advice.choice)}: ${decisionsText(advice.decidedBy, advice.objective)}.`;
    case 'either': {
      const [one, other] = advice.choices.map(configurationText);
      const why = advice.because.map((reason) => EITHER_WORDS[reason]).join(', and ');
      return `Either ${one}, or ${other}: both meet every limit, and what was measured does not tell which is better (${why}).`;
    }
    case 'none-meets':
      return noneMeetsText(advice);
    case 'no-evidence':
      return noEvidenceText(advice);
  }
}

const EITHER_WORDS = {
  'cost-overlaps': 'the ranges of their CPU per event overlap',
  'cost-unmeasured': 'the CPU per event of one was not measured',
  'headroom-overlaps': 'so do the ranges of what is left of the limits',
  'no-limit': 'no limit was set that one could keep better',
} as const;

function decisionsText(decisions: readonly Decision[], objective: Objective): string {
  return decisions.map((decision) => decisionText(decision, objective)).join('; and ');
}

function decisionText(decision: Decision, { estate }: Objective): string {
  switch (decision.kind) {
    case 'only-one':
      return 'all else that was measured misses a limit, or is worse in every figure';
    case 'capability':
      return `only the ${decision.model} model has ${decision.needs.join(' and ')}, and this meets every limit`;
    case 'wish': {
      const wishes = decision.wishes.map((wish) =>
        wish === 'estate' ? `it fits a house that runs ${estate}` : 'the same code runs over stored data too',
      );
      return `others meet every limit as well, but ${wishes.join(' and ')}`;
    }
    case 'cost':
      return 'of those that meet every limit it takes the least CPU per event, with ranges apart';
    case 'headroom':
      return 'the CPU per event does not tell those apart that meet every limit, and this one leaves the most of its limits';
  }
}

function noneMeetsText({ nearest, missedByAll, objective }: NoneMeets): string {
  if (nearest === null) return `No engine has all that is needed: ${objective.needs.join(', ')}.`;
  const all = missedByAll.length === 0 ? '' : ` Each misses ${missedByAll.map(limitText).join(' and ')}.`;
  return `Nothing that was measured meets every limit.${all} The nearest is ${configurationText(nearest)}: ${missesText(nearest.checks)}.`;
}

function noEvidenceText({ lacking, measure, objective }: NoEvidence): string {
  const workload = cleanText(objective.workload, LONGEST_NAME);
  switch (lacking) {
    case 'workload':
      return `Not known: no result here has ${workload}.`;
    case 'guarantee':
      return `Not known: no result here has ${workload} under ${measure.guarantee}.`;
    case 'figures':
      return `Not known: what was measured of ${workload} leaves open whether anything meets every limit at ${whole(objective.ratePerSecond)} events/s.`;
  }
}

/** What was asked, in one sentence. */
export function objectiveText(objective: Objective): string {
  const { workload, ratePerSecond, guarantee, keys, needs, estate, batchOnSameCode } = objective;
  const limits = [
    ...objective.latencyLimits.map(
      ({ percentile, limitMs }) => `p${percentile} at most ${valueText(MS, limitMs)}`,
    ),
    ...(objective.recoveryMs === null
      ? []
      : [`first output at most ${valueText(MS, objective.recoveryMs)} after a SIGKILL`]),
    ...(objective.cpuSecondsPerMillion === null
      ? []
      : [`at most ${objective.cpuSecondsPerMillion} CPU-s per million events`]),
  ];
  const parts = [
    `${cleanText(workload, LONGEST_NAME)} at ${whole(ratePerSecond)} events/s, ${guarantee}`,
    ...(keys === null ? [] : [`${whole(keys)} keys`]),
    ...limits,
    ...(needs.length === 0 ? [] : [`needs ${needs.join(', ')}`]),
    ...(estate === 'none' ? [] : [`a house that runs ${estate}`]),
    ...(batchOnSameCode ? ['batch on the same code'] : []),
  ];
  return parts.join('; ');
}

const MS = { kind: 'latency' } as const;

export const CONFIDENCE_WORDS: Readonly<Record<Confidence, string>> = {
  none: 'nothing was measured under these conditions',
  'one-model': 'of the two models only one was measured under these conditions',
  interpolated: 'a figure is not from these conditions: interpolated between two rates, or from harder ones',
  'one-run': 'a figure is from one run and has no interval: a second run may differ',
  'few-runs': 'ranges are those of two to five runs, which cover the median with less than 95 %',
  interval: 'ranges cover the median with 95 %',
};

/** From where a figure is. */
export function basisText(basis: Basis): string {
  switch (basis.kind) {
    case 'measured':
      return `at ${whole(basis.ratePerSecond)}/s`;
    case 'interpolated':
      return `interpolated, ${whole(basis.lowerPerSecond)} to ${whole(basis.higherPerSecond)}/s`;
    case 'harder':
      return `at ${whole(basis.ratePerSecond)}/s${basis.keys === null ? '' : `, ${whole(basis.keys)} keys`}`;
    case 'search':
      return `search, p${basis.percentile} at most ${valueText(MS, basis.limitMs)}`;
  }
}

/** What gives way first, and at which rate. */
export function weaknessText({ requirement, headroom, breaks }: Weakness): string {
  const left = `${figureName(requirement)}, with ${sharePercent(headroom)} ${requirement.kind === 'rate' ? 'more to take' : 'of its limit left'}`;
  if (breaks === null) return `${left}; no rate is known at which a limit is missed`;
  const found = breaks.from === 'run' ? 'measured' : 'found by a search';
  return `${left}; at ${whole(breaks.ratePerSecond)} events/s ${figureName(breaks.requirement)} misses its limit (${found})`;
}

/** Why a configuration is not advised. */
export function rejectionText({ checks }: Pick<Judged, 'checks'>): string {
  const misses = missesText(checks);
  const unknown = new Map<string, string[]>();
  for (const check of checks) {
    if (check.status !== 'unmeasured') continue;
    const why = lackText(check.lack);
    unknown.set(why, [...(unknown.get(why) ?? []), figureName(check.requirement)]);
  }
  const lacks = [...unknown].map(([why, names]) => `${listed(names)} unknown: ${why}`);
  const parts = [...(misses === '' ? [] : [misses]), ...lacks];
  return parts.length === 0 ? 'meets every limit' : parts.join('; ');
}

/** a, b and c */
function listed(names: readonly string[]): string {
  const last = names.at(-1) ?? '';
  return names.length < 2 ? last : `${names.slice(0, -1).join(', ')} and ${last}`;
}

function missesText(checks: readonly Check[]): string {
  const misses = checks.flatMap((check) => {
    if (check.status !== 'missed') return [];
    const { requirement, reading, factor, surely } = check;
    const name = figureName(requirement);
    const [measured, limit] = [reading.estimate.median, requirement.limit].map((value) =>
      valueText(requirement, value),
    );
    if (requirement.kind === 'rate') return [`${name} ${limit} not held, nor ${measured}`];
    const worse = surely ? '' : ' at the worse end of its range';
    return [`${name} ${measured}, ${timesText(factor)} the limit of ${limit}${worse}`];
  });
  return listed(misses);
}

function lackText(lack: Lack): string {
  switch (lack.kind) {
    case 'rate':
      if (lack.measured === null) return 'no rate was measured';
      return lack.measured.lowestPerSecond === lack.measured.highestPerSecond
        ? `measured at ${whole(lack.measured.lowestPerSecond)}/s only`
        : `measured from ${whole(lack.measured.lowestPerSecond)} to ${whole(lack.measured.highestPerSecond)}/s only`;
    case 'figure':
      return 'the runs do not tell it';
    case 'keys':
      return lack.measured === null
        ? 'the number of keys is not told'
        : `measured with ${whole(lack.measured)} keys only`;
    case 'unsteady':
      return 'its latency never became steady there';
    case 'kills':
      return 'no kills at this rate';
    case 'never-recovered':
      return 'a kill was not recovered from before its run ended';
  }
}

/** What measuring again came to, in a sentence. */
export function verificationText({ outcome, advice }: Verification): string {
  switch (outcome) {
    case 'confirmed':
      return `Confirmed: measured again at this rate, ${confirmedText(advice)} by the fresh runs alone.`;
    case 'withdrawn':
      return `Withdrawn: measured again, it misses a limit. ${headline(advice)}`;
    case 'open':
      return `Neither confirmed nor refuted: the fresh runs do not settle it. ${headline(advice)}`;
    case 'refused':
      return 'Not verified: no fresh run was valid, so nothing is known beyond the evidence above.';
  }
}

function confirmedText(advice: Advice): string {
  switch (advice.kind) {
    case 'either':
      return `${advice.choices.map(configurationText).join(', and ')} meet every limit`;
    case 'recommended':
      return `${configurationText(advice.choice)} meets every limit`;
    case 'none-meets':
    case 'no-evidence':
      return 'every limit is met';
  }
}
