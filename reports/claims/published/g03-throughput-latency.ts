import { measuredRuns } from '../../comparison/index.ts';
import { estimateOf } from '../../evidence/index.ts';
import { withUnit } from '../../numbers/index.ts';
import type { Claim, ClaimedRange, Pair, Side } from '../claim.ts';
import type { ClaimEvidence } from '../claim-evidence.ts';
import { conditionsOf, SAME_INPUTS } from '../conditions.ts';
import { SUSTAINABLE_2S } from '../experiments/index.ts';
import type { ClaimFigure, Finding } from '../finding.ts';
import { SIDES, spendCells, spendConfigurations } from '../merchant-spend.ts';
import { notMeasured } from '../not-measured.ts';
import { judgeRanges, RANGE_RULE } from '../ranges.ts';

const PROFILE = 'throughput-1s';
const SHARE = 0.8;
const CLAIMED: readonly ClaimedRange[] = [
  { side: 'event-driven', unit: 'ms', from: 50, to: 500 },
  { side: 'micro-batch', unit: 'ms', from: 500, to: 2_000 },
];

/** The latency under much load, after tuning for throughput. */
export const G3: Claim = {
  id: 'G3',
  title: 'p99 tuned for throughput',
  sentence: 'Optimised for throughput, p99 is 50-500 ms with Flink and 500 ms-2 s with Spark.',
  source: 'the founding document of this project',
  experiments: [SUSTAINABLE_2S.name],
  claimed: CLAIMED,
  rule: `p99 of both models at 80 % of the rate that each sustains under a p99 of 2 s, tuned for throughput; batches start every second, since with the 2 s of the profile tuned-throughput no rate would meet that objective. ${RANGE_RULE}`,
  decide,
  explanation:
    'Tuning for throughput buys larger requests and fewer flushes with waiting: tens of milliseconds in an event-driven engine, a longer trigger in a micro-batch engine. Close to what an engine sustains, queues come on top on both sides.',
};

function decide(evidence: ClaimEvidence, pair: Pair): Finding {
  const found = evidence.experiment(SUSTAINABLE_2S.name);
  const [event, batch] = [figureOf(evidence, pair, 'event-driven'), figureOf(evidence, pair, 'micro-batch')];
  if (found === null || event === null || batch === null) {
    const missing = [...(event ? [] : [pair['event-driven']]), ...(batch ? [] : [pair['micro-batch']])];
    return notMeasured(
      found === null ? [SUSTAINABLE_2S.name] : missing.map((engine) => `${engine} (${SUSTAINABLE_2S.name})`),
    );
  }
  const configurations = SIDES.flatMap((side) =>
    spendConfigurations(evidence, SUSTAINABLE_2S, pair[side], PROFILE),
  );
  const figures = { 'event-driven': event, 'micro-batch': batch };
  return {
    ...judgeRanges([{ at: 'p99 at 80 % of what each sustains', figures }], CLAIMED),
    figures: [event, batch],
    conditions: [...conditionsOf(configurations, found.result, [event, batch]), SAME_INPUTS],
    wouldChange:
      'Another share of the sustainable rate: latency climbs steeply close to all of it. Another trigger moves the micro-batch side one to one.',
  };
}

/** From the curves below the sustainable rate, whose points evidence keeps by rate and not by share. */
function figureOf(evidence: ClaimEvidence, pair: Pair, side: Side): ClaimFigure | null {
  const engine = pair[side];
  const points = spendCells(evidence, SUSTAINABLE_2S, engine, PROFILE)
    .flatMap((cell) => measuredRuns(cell, 'sustain'))
    .flatMap(({ figures }) => figures.curve)
    .filter(({ share, remarks }) => share === SHARE && remarks.every(({ level }) => level !== 'invalid'));
  const estimate = estimateOf(
    points.flatMap(({ latency }) => (latency.p99 === null ? [] : latency.p99 / 1_000)),
  );
  if (estimate === null) return null;
  const rates = [...new Set(points.map(({ ratePerSecond }) => withUnit('events/s', ratePerSecond)))];
  const label = `p99, ${PROFILE}, at ${rates.join(' and ')}`;
  return { side, engine, label, unit: 'ms', estimate, experiment: SUSTAINABLE_2S.name };
}
