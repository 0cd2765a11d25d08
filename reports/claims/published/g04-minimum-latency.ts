import type { Claim, ClaimedRange, Pair } from '../claim.ts';
import type { ClaimEvidence } from '../claim-evidence.ts';
import { TUNED_LATENCY } from '../experiments/index.ts';
import type { Finding } from '../finding.ts';
import { decideByLatency } from '../latency-claim.ts';
import { latencyFigure } from '../measured-latency.ts';
import { SIDES } from '../merchant-spend.ts';
import { RANGE_RULE } from '../ranges.ts';

const QUESTION = { experiment: TUNED_LATENCY, profile: 'tuned-latency', ratePerSecond: 100 };
const CLAIMED: readonly ClaimedRange[] = [
  { side: 'event-driven', unit: 'ms', from: null, to: 10 },
  // "About 100 ms" is taken as within a factor of two.
  { side: 'micro-batch', unit: 'ms', from: 50, to: 200 },
];

/** The least latency that each model is said to reach. */
export const G4: Claim = {
  id: 'G4',
  title: 'the least latency',
  sentence: 'The minimum latency is below 10 ms with Flink and about 100 ms with a tuned Spark.',
  source: 'the founding document of this project',
  experiments: [TUNED_LATENCY.name],
  claimed: CLAIMED,
  rule: `p50 of both models at 100 events/s, each with its profile tuned-latency; the minimum is the luck of one record, and told beside. "About 100 ms" is 50 to 200 ms. ${RANGE_RULE}`,
  decide,
  explanation:
    'With hardly any load nothing waits for anything else: what is left is the way through the broker and back, and what an engine does for a record, or for a batch of one. Generator, broker and observer alone take part of it: the floor.',
};

function decide(evidence: ClaimEvidence, pair: Pair): Finding {
  const finding = decideByLatency(
    {
      experiment: QUESTION.experiment,
      profile: QUESTION.profile,
      rates: [QUESTION.ratePerSecond],
      pick: 'p50Ms',
      claimed: CLAIMED,
      wouldChange:
        'A faster or a slower way to the broker, which is a good part of so small a latency; a batch without logs.',
    },
    evidence,
    pair,
  );
  if (finding.verdict === 'not-measured') return finding;
  const minima = SIDES.flatMap((side) => latencyFigure(evidence, pair, side, 'minMs', QUESTION) ?? []);
  return { ...finding, figures: [...finding.figures, ...minima] };
}
