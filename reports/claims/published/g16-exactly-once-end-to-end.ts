import type { Cell, Verification } from '../../model/index.ts';
import { whole } from '../../numbers/index.ts';
import type { Claim, Pair, Side } from '../claim.ts';
import type { ClaimEvidence } from '../claim-evidence.ts';
import { groundConditions } from '../conditions.ts';
import { exactly } from '../estimates.ts';
import { EXACTLY_ONCE_KILLS, RECOVERY_BY_STATE } from '../experiments/index.ts';
import type { ClaimFigure, Finding } from '../finding.ts';
import { cellsOf, missingOf } from '../lookup.ts';
import { notMeasured } from '../not-measured.ts';

/** "Both are exactly-once end to end with Kafka." */
export const G16: Claim = {
  id: 'G16',
  title: 'exactly-once from Kafka to Kafka',
  sentence: 'Both Flink and Spark are exactly-once end to end with Kafka.',
  source: 'the founding document of this project',
  experiments: [EXACTLY_ONCE_KILLS.name, RECOVERY_BY_STATE.name],
  claimed: [],
  rule: 'SIGKILLs under exactly-once, every output that a read_committed reader sees held against the log. A side that lost, repeated or falsified an output: does not hold here. Both without: holds. One without, while the other has no such guarantee with Kafka: holds in part. Neither has it: does not hold here. A run that is missing or was refused: not measured.',
  decide,
  explanation:
    'Exactly-once to Kafka takes transactions that are committed with the state: Flink commits them when a checkpoint is complete, the micro-batch engine of this project with each batch, and whoever takes over aborts or completes what a dead process left. Spark guarantees exactly-once up to its sink, and its sink for Kafka writes at least once (https://spark.apache.org/docs/latest/structured-streaming-kafka-integration.html: "some records may be duplicated"): a batch that a kill ended is written again. A reader has to drop the repetitions, for instance by a unique key in the record.',
};

function decide(evidence: ClaimEvidence, pair: Pair): Finding {
  const sides = (['event-driven', 'micro-batch'] as const).map((side) => sideOf(evidence, pair, side));
  const known = sides.filter((side) => side !== null);
  if (known.length < sides.length) return notMeasured(missingOf(evidence, G16.experiments));
  const isWrong = known.some(({ outcome }) => outcome === 'wrong');
  const isExact = known.every(({ outcome }) => outcome === 'exact');
  const isNowhere = known.every(({ outcome }) => outcome === 'no guarantee');
  const figures = known.flatMap((side) => side.figures);
  return {
    verdict: isWrong || isNowhere ? 'not-here' : isExact ? 'holds' : 'in-part',
    because: known.map(({ sentence }) => sentence).join(' '),
    figures,
    conditions: [
      'merchant-spend, a reader that sees committed records alone, one broker',
      ...known.map(({ condition }) => condition),
      ...groundConditions(evidence, [EXACTLY_ONCE_KILLS, RECOVERY_BY_STATE], []),
    ],
    wouldChange:
      'A transactional sink for Kafka in Spark; a transaction timeout below the time that an engine is down, which loses what was prepared.',
  };
}

interface Kills {
  readonly outcome: 'exact' | 'wrong' | 'no guarantee';
  readonly sentence: string;
  readonly figures: readonly ClaimFigure[];
  readonly condition: string;
}

interface CheckedRun {
  readonly verification: Verification;
  readonly kills: number;
}

/** Null: not measured. */
function sideOf(evidence: ClaimEvidence, pair: Pair, side: Side): Kills | null {
  const engine = pair[side];
  const isGuaranteed = evidence.capabilitiesOf(engine).has('exactly-once');
  const source = isGuaranteed ? EXACTLY_ONCE_KILLS : RECOVERY_BY_STATE;
  const guarantee = isGuaranteed ? 'exactly-once' : 'at-least-once';
  const runs = cellsOf(evidence, source, engine)
    .filter((cell) => cell.guarantee === guarantee)
    .flatMap(checkedRuns);
  const kills = runs.reduce((sum, run) => sum + run.kills, 0);
  if (runs.length === 0) return null;
  const total = (pick: 'lost' | 'duplicates' | 'wrong'): number =>
    runs.reduce((sum, { verification }) => sum + verification[pick], 0);
  const figure = (label: string, value: number): ClaimFigure => ({
    ...{ side, engine, experiment: source.name, unit: 'count', label, estimate: exactly(value, kills) },
  });
  const isRight =
    runs.every(({ verification }) => verification.passed) &&
    total('lost') === 0 &&
    (!isGuaranteed || total('duplicates') === 0);
  const found = `${engine} lost ${whole(total('lost'))} and repeated ${whole(total('duplicates'))} outputs over ${whole(kills)} kills`;
  return {
    outcome: !isRight ? 'wrong' : isGuaranteed ? 'exact' : 'no guarantee',
    sentence: isGuaranteed ? `${found}.` : `${found} at-least-once: it has no exactly-once with Kafka.`,
    figures: [
      figure(`kills, ${guarantee}`, kills),
      figure(`inputs lost, ${guarantee}`, total('lost')),
      figure(`outputs repeated, ${guarantee}`, total('duplicates')),
      figure(`outputs wrong, ${guarantee}`, total('wrong')),
    ],
    condition: `${engine}: ${guarantee}`,
  };
}

/** Recoveries whose outputs were checked: here a wrong one is the finding, and not a run without figures. */
function checkedRuns({ runs }: Cell): readonly CheckedRun[] {
  return runs.flatMap((run): CheckedRun[] => {
    if (run.kind !== 'recovery' || run.verification === null) return [];
    if (run.outcome !== 'passed' && run.outcome !== 'oracle-failed') return [];
    return [{ verification: run.verification, kills: run.figures?.kills.length ?? 0 }];
  });
}
