import type { Claim, ClaimedRange } from '../claim.ts';
import { DEFAULT_LATENCY } from '../experiments/index.ts';
import { decideByLatency } from '../latency-claim.ts';
import { RANGE_RULE } from '../ranges.ts';

const CLAIMED: readonly ClaimedRange[] = [
  { side: 'event-driven', unit: 'ms', from: 10, to: 100 },
  { side: 'micro-batch', unit: 'ms', from: 500, to: 2_000 },
];

/** The latency that one gets without tuning. */
export const G1: Claim = {
  id: 'G1',
  title: 'p99 at default settings',
  sentence: 'At default settings p99 latency is 10-100 ms with Flink and 500 ms-2 s with Spark.',
  source: 'the founding document of this project',
  experiments: [DEFAULT_LATENCY.name],
  claimed: CLAIMED,
  rule: `p99 of both models at 1,000 and 10,000 events/s. ${RANGE_RULE}`,
  decide: (evidence, pair) =>
    decideByLatency(
      {
        experiment: DEFAULT_LATENCY,
        profile: 'default',
        rates: [1_000, 10_000],
        pick: 'p99Ms',
        claimed: CLAIMED,
        wouldChange:
          'Another trigger: the p99 of a micro-batch follows it almost one to one. A network between engine and broker, or a broker that replicates: it is added to both sides.',
      },
      evidence,
      pair,
    ),
  explanation:
    'An event-driven engine handles a record as it comes, and puts it out when a buffer is full or its time-out is over: that, and the way through the broker, is its latency. A micro-batch engine makes a record wait for the next trigger, at worst a whole interval, and then for the batch: its p99 is the interval plus the time of a batch.',
};
