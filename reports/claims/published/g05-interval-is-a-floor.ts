import { measuredRuns } from '../../comparison/index.ts';
import { estimateOf } from '../../evidence/index.ts';
import { shareBelow } from '../../model/index.ts';
import type { Claim, Pair } from '../claim.ts';
import type { ClaimEvidence } from '../claim-evidence.ts';
import { TRIGGER_500 } from '../experiments/index.ts';
import type { Finding } from '../finding.ts';
import { latencyFigure } from '../measured-latency.ts';
import { notMeasured } from '../not-measured.ts';

const INTERVAL_US = 500_000;
/** Below this share of the inputs an early result is an exception. */
const EXCEPTION_SHARE = 0.01;

/** "No result in fewer than 500 ms" with an interval of 500 ms. */
export const G5: Claim = {
  id: 'G5',
  title: 'the batch interval as a floor of the latency',
  sentence: 'With a 500 ms batch interval no result can appear in fewer than 500 ms.',
  source: 'the founding document of this project',
  experiments: [TRIGGER_500.name],
  claimed: [{ side: 'micro-batch', unit: 'ms', from: 500, to: null }],
  rule: 'Share of inputs whose result was visible in less than 500 ms at a 500 ms trigger. None: holds. At most 1 %: holds in part. More: does not hold here.',
  decide,
  explanation:
    'The interval is the time between two starts of a batch, not a delay of each record. A record that arrives just before a trigger waits hardly at all, one that arrives just after it waits the whole interval: waiting times are spread evenly between 0 and 500 ms, 250 ms in the mean, and the time of the batch comes on top.',
};

function decide(evidence: ClaimEvidence, pair: Pair): Finding {
  const engine = pair['micro-batch'];
  const found = evidence.experiment(TRIGGER_500.name);
  const runs = (found?.result.cells ?? [])
    .filter((cell) => cell.engine === engine)
    .flatMap((cell) => measuredRuns(cell, 'latency'));
  const estimate = estimateOf(runs.flatMap(({ figures }) => shareBelow(figures.latency, INTERVAL_US) ?? []));
  if (estimate === null) return notMeasured([TRIGGER_500.name]);
  const percent = `${(100 * estimate.median).toFixed(1)} %`;
  const conditions = ['merchant-spend, 1,000 events/s, trigger every 500 ms, at-least-once'];
  return {
    verdict: estimate.median === 0 ? 'holds' : estimate.median <= EXCEPTION_SHARE ? 'in-part' : 'not-here',
    because: `${percent} of the inputs had their result in less than 500 ms.`,
    figures: [
      {
        side: 'micro-batch',
        engine,
        label: 'inputs visible in less than 500 ms',
        unit: 'share',
        estimate,
        experiment: TRIGGER_500.name,
      },
      ...(['minMs', 'p50Ms', 'p99Ms'] as const).flatMap(
        (pick) =>
          latencyFigure(evidence, pair, 'micro-batch', pick, {
            experiment: TRIGGER_500,
            profile: 'trigger-500',
            ratePerSecond: 1_000,
          }) ?? [],
      ),
    ],
    conditions,
    wouldChange:
      'A batch that takes longer than its interval: then every record waits for the batch before it.',
  };
}
