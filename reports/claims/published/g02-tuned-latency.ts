import type { Claim, ClaimedRange, Pair } from '../claim.ts';
import type { ClaimEvidence } from '../claim-evidence.ts';
import { BACK_TO_BACK, TUNED_LATENCY } from '../experiments/index.ts';
import type { Finding } from '../finding.ts';
import { decideByLatency } from '../latency-claim.ts';
import { latencyFigure } from '../measured-latency.ts';
import { RANGE_RULE } from '../ranges.ts';

const RATE_PER_SECOND = 10_000;
const CLAIMED: readonly ClaimedRange[] = [
  { side: 'event-driven', unit: 'ms', from: 5, to: 50 },
  { side: 'micro-batch', unit: 'ms', from: 100, to: 500 },
];

/** The latency after tuning for it. */
export const G2: Claim = {
  id: 'G2',
  title: 'p99 tuned for latency',
  sentence: 'Tuned for latency, p99 is 5-50 ms with Flink and 100-500 ms with Spark.',
  source: 'the founding document of this project',
  experiments: [TUNED_LATENCY.name, BACK_TO_BACK.name],
  claimed: CLAIMED,
  rule: `p99 of both models at 10,000 events/s, each with its profile tuned-latency. ${RANGE_RULE} Batches back to back on the embedded engine are told beside and decide nothing.`,
  decide,
  explanation:
    "Tuning takes the waiting out of both models: the event-driven engine flushes its buffers at once, batches start as soon as input is there. What is left of a batch is its fixed cost: planning, logs, state. The low-latency trigger of the embedded engine has no counterpart in Spark: its batches cost so little that they may follow each other far more closely. Spark's fastest trigger starts a batch as soon as the one before is done.",
};

function decide(evidence: ClaimEvidence, pair: Pair): Finding {
  const finding = decideByLatency(
    {
      experiment: TUNED_LATENCY,
      profile: 'tuned-latency',
      rates: [RATE_PER_SECOND],
      pick: 'p99Ms',
      claimed: CLAIMED,
      wouldChange:
        'What a batch costs before its first record: logs on a slower disk raise it, progress written beside the work lowers it.',
    },
    evidence,
    pair,
  );
  const backToBack = latencyFigure(evidence, pair, 'micro-batch', 'p99Ms', {
    experiment: BACK_TO_BACK,
    profile: 'back-to-back',
    ratePerSecond: RATE_PER_SECOND,
  });
  if (finding.verdict === 'not-measured' || backToBack === null) return finding;
  return { ...finding, figures: [...finding.figures, backToBack] };
}
