import { withUnit } from '../../numbers/index.ts';
import type { Claim, Pair, Side } from '../claim.ts';
import type { ClaimEvidence } from '../claim-evidence.ts';
import { conditionsOf } from '../conditions.ts';
import type { Experiment } from '../experiment.ts';
import { BACKLOG_DRAIN, SUSTAINABLE_2S } from '../experiments/index.ts';
import type { ClaimFigure, Finding, Verdict } from '../finding.ts';
import { compareThroughput, drainedOf, sustainedOf, type Throughput } from '../measured-throughput.ts';
import { SIDES, spendConfigurations } from '../merchant-spend.ts';
import { notMeasured } from '../not-measured.ts';

const SEARCH = { experiment: SUSTAINABLE_2S, profile: 'throughput-1s' };
const DRAIN = { experiment: BACKLOG_DRAIN, profile: 'throughput-drain' };
const SLO = { percentile: 99, limitMs: 2_000 };

/** What a second of delay is said to buy. */
export const G6: Claim = {
  id: 'G6',
  title: 'the higher throughput ceiling of micro-batches',
  sentence: "Where a second of delay is acceptable, Spark's throughput ceiling is often higher.",
  source: 'the founding document of this project',
  experiments: [SUSTAINABLE_2S.name, BACKLOG_DRAIN.name],
  claimed: [],
  rule: 'Two rates of both models, tuned for throughput: the one sustained under a p99 of 2 s, and the one at which a backlog is worked off. The micro-batch model is clearly higher in both (the ranges do not meet, and the medians differ by a tenth at least): holds. Clearly higher in one, or in neither of them is one model clearly higher: holds in part. Clearly lower in one and higher in none: does not hold here. Of one search the range is its bracket; a search that ended at what the driver passes counts as "at least".',
  decide,
  explanation:
    'A batch spreads its fixed costs over all of its records, merges the updates of a key into one output, and runs the same step over many rows in a row. An event-driven engine pays a state access and an output for each record, but works all the time and does not wait for a trigger. Which one wins depends on how many updates a key has in a batch, and on how well each is made.',
};

interface Measure {
  readonly name: string;
  readonly experiment: Experiment;
  readonly rates: Readonly<Record<Side, Throughput>>;
}

function decide(evidence: ClaimEvidence, pair: Pair): Finding {
  const sustained = measureOf('sustained under a p99 of 2 s', SEARCH.experiment, pair, (engine) =>
    sustainedOf(evidence, engine, SEARCH, SLO),
  );
  const drained = measureOf('a backlog worked off', DRAIN.experiment, pair, (engine) =>
    drainedOf(evidence, engine, DRAIN),
  );
  const missing = [sustained, drained].filter((one) => typeof one === 'string');
  if (typeof sustained === 'string' || typeof drained === 'string') return notMeasured(missing);
  const measures = [sustained, drained];
  const figures = measures.flatMap((measure) => figuresOf(measure, pair));
  const results = [SEARCH, DRAIN].flatMap(
    ({ experiment }) => evidence.experiment(experiment.name)?.result ?? [],
  );
  const [result] = results;
  const configurations = [SEARCH, DRAIN].flatMap(({ experiment, profile }) =>
    SIDES.flatMap((side) => spendConfigurations(evidence, experiment, pair[side], profile)),
  );
  const outcomes = measures.map(({ rates }) =>
    compareThroughput(rates['micro-batch'], rates['event-driven']),
  );
  return {
    verdict: verdictOf(outcomes),
    because: measures.map((measure, index) => sentenceOf(measure, outcomes[index] ?? 'open')).join(' '),
    figures,
    conditions: [
      ...(result === undefined ? [] : conditionsOf(configurations, result, figures)),
      'a micro-batch puts out one update of a key a batch, the event-driven model one a record: more outputs for the same inputs',
    ],
    wouldChange:
      'The number of keys: with as many keys as records a batch has nothing to merge. More cores, which each model uses in its own way. A shorter objective, which rules out the batches that are worth it.',
  };
}

/** The name of what is missing, where a side has no figure. */
function measureOf(
  name: string,
  experiment: Experiment,
  pair: Pair,
  of: (engine: Pair[keyof Pair]) => Throughput | null,
): Measure | string {
  const [event, batch] = [of(pair['event-driven']), of(pair['micro-batch'])];
  if (event === null || batch === null) return experiment.name;
  return { name, experiment, rates: { 'event-driven': event, 'micro-batch': batch } };
}

function verdictOf(outcomes: readonly ('higher' | 'lower' | 'open')[]): Verdict {
  if (outcomes.every((outcome) => outcome === 'higher')) return 'holds';
  if (outcomes.includes('higher') || outcomes.every((outcome) => outcome === 'open')) return 'in-part';
  return 'not-here';
}

function figuresOf({ name, experiment, rates }: Measure, pair: Pair): readonly ClaimFigure[] {
  return SIDES.map((side) => ({
    side,
    engine: pair[side],
    label: rates[side].isLowerBound ? `${name}, at least` : name,
    unit: 'events/s',
    estimate: rates[side].estimate,
    experiment: experiment.name,
  }));
}

const WORDS = {
  higher: 'higher',
  lower: 'lower',
  open: 'which one is higher cannot be told',
} as const;

function sentenceOf({ name, rates }: Measure, outcome: keyof typeof WORDS): string {
  const text = ({ estimate: { median, low, high }, isLowerBound }: Throughput): string => {
    const range = low < high ? ` (${withUnit('events/s', low)} to ${withUnit('events/s', high)})` : '';
    return `${isLowerBound ? 'at least ' : ''}${withUnit('events/s', median)}${range}`;
  };
  const verdict = outcome === 'open' ? WORDS.open : `the micro-batch model is ${WORDS[outcome]}`;
  return `${capitalised(name)}: micro-batch ${text(rates['micro-batch'])}, event-driven ${text(rates['event-driven'])}; ${verdict}.`;
}

const capitalised = (text: string): string => text.charAt(0).toUpperCase() + text.slice(1);
