import { whole } from '../numbers/index.ts';
import type { ClaimedRange, Pair, Side } from './claim.ts';
import type { ClaimEvidence } from './claim-evidence.ts';
import { conditionsOf, floorConditions, SAME_INPUTS, steadinessConditions } from './conditions.ts';
import type { Experiment } from './experiment.ts';
import type { Finding } from './finding.ts';
import { latencyFigure } from './measured-latency.ts';
import { SIDES, spendConfigurations } from './merchant-spend.ts';
import { notMeasured } from './not-measured.ts';
import { type ComparedPoint, judgeRanges } from './ranges.ts';

interface LatencyClaim {
  readonly experiment: Experiment;
  readonly profile: string;
  readonly rates: readonly number[];
  /** Of which the ranges are claimed. */
  readonly pick: 'p50Ms' | 'p99Ms';
  readonly claimed: readonly ClaimedRange[];
  readonly wouldChange: string;
}

/** Judges one percentile of both models at one or more rates by their claimed ranges. All must be there: a part of them is no answer. */
export function decideByLatency(
  { experiment, profile, rates, pick, claimed, wouldChange }: LatencyClaim,
  evidence: ClaimEvidence,
  pair: Pair,
): Finding {
  const found = evidence.experiment(experiment.name);
  const points: ComparedPoint[] = [];
  const missing: string[] = [];
  for (const ratePerSecond of rates) {
    const question = { experiment, profile, ratePerSecond };
    const of = (side: Side) => latencyFigure(evidence, pair, side, pick, question);
    const [event, batch] = [of('event-driven'), of('micro-batch')];
    if (event !== null && batch !== null) {
      const at = `${pick.slice(0, 3)} at ${whole(ratePerSecond)}/s`;
      points.push({ at, figures: { 'event-driven': event, 'micro-batch': batch } });
    }
    for (const side of SIDES) {
      if (of(side) === null) missing.push(`${pair[side]} at ${whole(ratePerSecond)}/s (${experiment.name})`);
    }
  }
  if (found === null) return notMeasured([experiment.name]);
  if (missing.length > 0) return notMeasured(missing);
  const configurations = SIDES.flatMap((side) =>
    spendConfigurations(evidence, experiment, pair[side], profile),
  );
  const figures = points.flatMap(({ figures }) => SIDES.map((side) => figures[side]));
  return {
    ...judgeRanges(points, claimed),
    figures,
    conditions: [
      ...conditionsOf(configurations, found.result, figures),
      SAME_INPUTS,
      ...steadinessConditions(configurations, rates),
      ...rates.flatMap((rate) => floorConditions(found.result, rate)),
    ],
    wouldChange,
  };
}
