import { measuredRuns } from '../../comparison/index.ts';
import { estimateOf } from '../../evidence/index.ts';
import { whole } from '../../numbers/index.ts';
import type { Claim, Pair, Side } from '../claim.ts';
import type { ClaimEvidence } from '../claim-evidence.ts';
import { conditionsOf, floorConditions, SAME_INPUTS, steadinessConditions } from '../conditions.ts';
import { PAYMENTS_50K } from '../experiments/index.ts';
import type { ClaimFigure, Finding } from '../finding.ts';
import { latencyFigure } from '../measured-latency.ts';
import { SIDES, spendCells, spendConfigurations } from '../merchant-spend.ts';
import { notMeasured } from '../not-measured.ts';

const RATE_PER_SECOND = 50_000;
const TRIGGER_MS = 500;
/** "Thousands" begin at two of them. */
const THOUSANDS = 2_000;
const PROFILES = ['default', 'tuned-latency'] as const;

/** Whether a busy payments platform has a choice. */
export const G7: Claim = {
  id: 'G7',
  title: 'a payments platform at 50,000 transactions/s',
  sentence:
    'A payments platform at 50,000 transactions/s needs the event-driven model: with 500 ms, thousands of transactions are in flight before their check.',
  source: 'the founding document of this project',
  experiments: [PAYMENTS_50K.name],
  claimed: [{ side: 'micro-batch', unit: 'ms', from: TRIGGER_MS, to: null }],
  rule: 'Transactions in flight before their check are the rate times the mean latency (Little 1961), at 50,000/s, at default settings (a trigger of 500 ms) and tuned for latency. "Thousands" are 2,000 or more, by the whole range. The event-driven model has fewer under one of its settings, the micro-batch model thousands under both: holds. The event-driven model has thousands under both, or the micro-batch model has fewer even with its trigger of 500 ms: does not hold here. Otherwise, such as a micro-batch model that has fewer once it is tuned: holds in part.',
  decide,
  explanation:
    "What is in flight is Little's law: the rate times the time that each transaction takes. At 50,000/s every 20 ms are another thousand. With a trigger of 500 ms a transaction waits 250 ms for it in the mean, and then for its batch. Whether that is a reason for the other model depends on what shorter batches reach: the batch itself is no law of nature, its interval is a setting.",
};

interface Settings {
  readonly profile: (typeof PROFILES)[number];
  readonly inFlight: Readonly<Record<Side, ClaimFigure>>;
  readonly p99: Readonly<Record<Side, ClaimFigure>>;
}

function decide(evidence: ClaimEvidence, pair: Pair): Finding {
  const found = evidence.experiment(PAYMENTS_50K.name);
  if (found === null) return notMeasured([PAYMENTS_50K.name]);
  const measured = PROFILES.map((profile) => measuredUnder(evidence, pair, profile));
  const missing = measured.filter((one) => typeof one === 'string');
  const [standard, tuned] = measured;
  if (
    standard === undefined ||
    tuned === undefined ||
    typeof standard === 'string' ||
    typeof tuned === 'string'
  )
    return notMeasured(missing);
  const figures = [standard, tuned].flatMap(({ inFlight, p99 }) =>
    SIDES.flatMap((side) => [p99[side], inFlight[side]]),
  );
  const configurations = PROFILES.flatMap((profile) =>
    SIDES.flatMap((side) => spendConfigurations(evidence, PAYMENTS_50K, pair[side], profile)),
  );
  return {
    ...verdictOf(standard, tuned),
    figures,
    conditions: [
      ...conditionsOf(configurations, found.result, figures),
      SAME_INPUTS,
      ...steadinessConditions(configurations, [RATE_PER_SECOND]),
      ...floorConditions(found.result, RATE_PER_SECOND),
    ],
    wouldChange:
      'A network on the way, or a check that asks another service: either model then has more in flight. A platform that may stop a transaction after it was answered does not care.',
  };
}

function verdictOf(standard: Settings, tuned: Settings): Pick<Finding, 'verdict' | 'because'> {
  const has = (settings: Settings, side: Side): 'thousands' | 'fewer' | 'open' => {
    const { low, high } = settings.inFlight[side].estimate;
    return low >= THOUSANDS ? 'thousands' : high < THOUSANDS ? 'fewer' : 'open';
  };
  const event = [has(standard, 'event-driven'), has(tuned, 'event-driven')];
  const batch = [has(standard, 'micro-batch'), has(tuned, 'micro-batch')];
  const counts = `${countsOf(standard)}; ${countsOf(tuned)}.${keepsUp(standard)}`;
  if (event.every((one) => one === 'thousands')) {
    return { verdict: 'not-here', because: `${counts} The event-driven model has thousands in flight too.` };
  }
  if (batch[0] === 'fewer') {
    return {
      verdict: 'not-here',
      because: `${counts} With its trigger the micro-batch model has no thousands.`,
    };
  }
  if (event.includes('fewer') && batch.every((one) => one === 'thousands')) {
    return { verdict: 'holds', because: `${counts} Only the event-driven model stays below thousands.` };
  }
  const why = batch.includes('fewer')
    ? 'Thousands come from the trigger, not from the model: tuned, the micro-batch model stays below them too.'
    : 'Where thousands begin lies within the ranges.';
  return { verdict: 'in-part', because: `${counts} ${why}` };
}

function countsOf({ profile, inFlight }: Settings): string {
  const counts = SIDES.map((side) => `${side} ${whole(inFlight[side].estimate.median)}`);
  return `In flight, ${profile}: ${counts.join(', ')}`;
}

/** A batch that ends before the next one is due lets no input wait longer than two intervals. */
function keepsUp({ p99 }: Settings): string {
  return p99['micro-batch'].estimate.low > 2 * TRIGGER_MS
    ? ' The micro-batch model does not keep up with its trigger at this rate: inputs wait longer than two intervals.'
    : '';
}

/** The name of what is missing, where a side has no figure. */
function measuredUnder(evidence: ClaimEvidence, pair: Pair, profile: Settings['profile']): Settings | string {
  const question = { experiment: PAYMENTS_50K, profile, ratePerSecond: RATE_PER_SECOND };
  const of = (side: Side) => latencyFigure(evidence, pair, side, 'p99Ms', question);
  const flight = (side: Side) => inFlightFigure(evidence, pair, side, profile);
  const [eventP99, batchP99] = [of('event-driven'), of('micro-batch')];
  const [eventFlight, batchFlight] = [flight('event-driven'), flight('micro-batch')];
  if (eventP99 === null || eventFlight === null) return missingSide(pair['event-driven'], profile);
  if (batchP99 === null || batchFlight === null) return missingSide(pair['micro-batch'], profile);
  return {
    profile,
    inFlight: { 'event-driven': eventFlight, 'micro-batch': batchFlight },
    p99: { 'event-driven': eventP99, 'micro-batch': batchP99 },
  };
}

const missingSide = (engine: Pair[keyof Pair], profile: string): string =>
  `${engine}, ${profile} (${PAYMENTS_50K.name})`;

/** From the runs: evidence keeps percentiles, and Little's law needs the mean. */
function inFlightFigure(
  evidence: ClaimEvidence,
  pair: Pair,
  side: Side,
  profile: string,
): ClaimFigure | null {
  const engine = pair[side];
  const means = spendCells(evidence, PAYMENTS_50K, engine, profile)
    .flatMap((cell) => measuredRuns(cell, 'latency'))
    .filter(({ figures }) => figures.offeredRatePerSecond === RATE_PER_SECOND)
    .map(({ figures }) => figures.latency.mean);
  const known = means.flatMap((meanUs) => (meanUs === null ? [] : (RATE_PER_SECOND * meanUs) / 1e6));
  const estimate = known.length < means.length ? null : estimateOf(known);
  if (estimate === null) return null;
  const label = `in flight before their check, ${profile}, at ${whole(RATE_PER_SECOND)}/s`;
  return { side, engine, label, unit: 'records', estimate, experiment: PAYMENTS_50K.name };
}
