import type { Configuration } from '../evidence/index.ts';
import { overlaps } from '../evidence/index.ts';
import type { Candidate, Decision, Difference, Either, Recommended } from './advice.ts';
import { useOf } from './candidate.ts';
import { dominates, figuresFor } from './dominance.ts';
import { type EngineFacts, MODEL_OF, type Objective } from './objective.ts';

export type Choice =
  | Pick<Recommended, 'kind' | 'choice' | 'decidedBy' | 'runnerUp'>
  | Pick<Either, 'kind' | 'choices' | 'because'>;

/**
 * Chooses among configurations that meet everything, at least one. Of those that differ in the log alone one stands for all; a dominated
 * one is left out; then the wishes count (the estate before batch), then the lower CPU per event, then the headroom. What the ranges do
 * not tell apart is left open.
 */
export function choose(candidates: readonly Candidate[], objective: Objective, facts: EngineFacts): Choice {
  const apart = onePerSetup(candidates, objective);
  const undominated = apart.filter((one) => !apart.some((other) => isDominatedBy(one, other)));
  const mostWished = Math.max(...undominated.map(scoreOf));
  const wished = undominated.filter((one) => scoreOf(one) === mostWished);
  const narrowing: Decision[] =
    wished.length < undominated.length ? [{ kind: 'wish', wishes: wishesOf(wished[0] as Candidate) }] : [];
  const byCost = [...wished].sort(compareCosts);
  const [cheapest] = byCost as [Candidate];
  const equal = byCost.filter((one) => one === cheapest || !isCheaper(cheapest, one));
  if (equal.length === 1) {
    const last: Decision[] =
      byCost.length > 1 ? [{ kind: 'cost' }] : narrowing.length > 0 ? [] : [{ kind: 'only-one' }];
    return recommend(cheapest, [...narrowing, ...last]);
  }
  const [roomiest, ...others] = [...equal].sort(compareUses) as [Candidate, Candidate, ...Candidate[]];
  const alike = others.filter((other) => !hasMoreRoom(roomiest, other));
  const [rival] = alike;
  if (rival === undefined) return recommend(roomiest, [...narrowing, { kind: 'headroom' }]);
  const [one, other] = [roomiest, rival].sort(compareCosts) as [Candidate, Candidate];
  return {
    kind: 'either',
    choices: [one, other],
    because: [
      one.cost === null || other.cost === null ? 'cost-unmeasured' : 'cost-overlaps',
      useOf(one) === null ? 'no-limit' : 'headroom-overlaps',
    ],
  };

  function recommend(choice: Candidate, decidedBy: readonly Decision[]): Choice {
    const others = apart
      .filter((other) => other !== choice)
      .sort(
        (a, b) =>
          Number(isOfOtherModel(choice, b)) - Number(isOfOtherModel(choice, a)) ||
          Number(undominated.includes(b)) - Number(undominated.includes(a)) ||
          scoreOf(b) - scoreOf(a) ||
          compareCosts(a, b),
      );
    const [candidate] = others;
    const runnerUp =
      candidate === undefined ? null : { candidate, price: differencesBetween(choice, candidate, objective) };
    return { kind: 'recommended', choice, decidedBy, runnerUp };
  }

  function isDominatedBy(one: Candidate, other: Candidate): boolean {
    return (
      wishesOf(one).every((wish) => wishesOf(other).includes(wish)) &&
      dominates(figuresFor(other, objective), figuresFor(one, objective))
    );
  }

  /** The estate counts before batch: it is there, and what it costs to leave is known. */
  function scoreOf(candidate: Candidate): number {
    const wishes = wishesOf(candidate);
    return (wishes.includes('estate') ? 2 : 0) + (wishes.includes('batch-on-same-code') ? 1 : 0);
  }

  function wishesOf({ configuration: { engine } }: Candidate): readonly ('estate' | 'batch-on-same-code')[] {
    const isOfEstate = objective.estate !== 'none' && MODEL_OF[engine] === MODEL_OF[objective.estate];
    const isBatch = objective.batchOnSameCode && facts.batchOnSameCode.has(engine);
    return [
      ...(isOfEstate ? (['estate'] as const) : []),
      ...(isBatch ? (['batch-on-same-code'] as const) : []),
    ];
  }
}

/** Rows of the settings sheet that say what is in the log. */
const LOG_ROWS: ReadonlySet<string> = new Set(['keys', 'skew', 'disorderShare', 'lateShare', 'brokenShare']);

function setupOf({ engine, profile, guarantee, settings }: Configuration): string {
  const rows = settings.filter(({ name }) => !LOG_ROWS.has(name)).map(({ name, value }) => [name, value]);
  return JSON.stringify([engine, profile, guarantee, rows]);
}

/** Of candidates that differ in the log alone, the one with the keys nearest to what was asked; where nothing was asked, with the most. */
function onePerSetup(candidates: readonly Candidate[], objective: Objective): readonly Candidate[] {
  const sign = objective.keys === null ? -1 : 1;
  const byKeys = [...candidates].sort(
    (one, other) =>
      sign * ((one.configuration.keys ?? 0) - (other.configuration.keys ?? 0)) || compareNames(one, other),
  );
  const setups = new Map<string, Candidate>();
  for (const candidate of byKeys) {
    const setup = setupOf(candidate.configuration);
    if (!setups.has(setup)) setups.set(setup, candidate);
  }
  return [...setups.values()];
}

const isOfOtherModel = ({ configuration: one }: Candidate, { configuration: other }: Candidate): boolean =>
  MODEL_OF[one.engine] !== MODEL_OF[other.engine];

const medianCost = ({ cost }: Candidate): number => cost?.estimate.median ?? Number.MAX_VALUE;

const compareCosts = (one: Candidate, other: Candidate): number =>
  medianCost(one) - medianCost(other) || compareNames(one, other);

const compareUses = (one: Candidate, other: Candidate): number =>
  (useOf(one)?.high ?? 0) - (useOf(other)?.high ?? 0) || compareCosts(one, other);

function compareNames({ configuration: one }: Candidate, { configuration: other }: Candidate): number {
  const [a, b] = [`${one.name}\n${one.id}`, `${other.name}\n${other.id}`];
  return a < b ? -1 : a > b ? 1 : 0;
}

const isCheaper = ({ cost: one }: Candidate, { cost: other }: Candidate): boolean =>
  one !== null &&
  other !== null &&
  one.estimate.median < other.estimate.median &&
  !overlaps(one.estimate, other.estimate);

function hasMoreRoom(one: Candidate, other: Candidate): boolean {
  const [mine, its] = [useOf(one), useOf(other)];
  return mine !== null && its !== null && mine.high < its.low;
}

const DIFFERENCES = ['p50', 'p99', 'p99.9', 'recovery', 'cost'] as const;

function differencesBetween(
  choice: Candidate,
  runnerUp: Candidate,
  objective: Objective,
): readonly Difference[] {
  const [mine, its] = [figuresFor(choice, objective), figuresFor(runnerUp, objective)];
  return DIFFERENCES.flatMap((metric): readonly Difference[] => {
    const [one, other] = [mine.get(metric), its.get(metric)];
    if (one === undefined || other === undefined || one.median <= 0) return [];
    return [{ metric, ratio: other.median / one.median, apart: !overlaps(one, other) }];
  });
}
