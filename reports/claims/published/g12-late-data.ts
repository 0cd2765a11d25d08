import { measuredRuns } from '../../comparison/index.ts';
import { estimateOf } from '../../evidence/index.ts';
import type { Verification } from '../../model/index.ts';
import { whole } from '../../numbers/index.ts';
import type { Claim, Pair, Side } from '../claim.ts';
import type { ClaimEvidence } from '../claim-evidence.ts';
import { groundConditions } from '../conditions.ts';
import { LATE_RECORDS } from '../experiments/index.ts';
import type { ClaimFigure, Finding } from '../finding.ts';
import { cellsOf } from '../lookup.ts';
import { notMeasured } from '../not-measured.ts';

/** "Late data: Flink has a side output, Spark drops it." */
export const G12: Claim = {
  id: 'G12',
  title: 'what becomes of late data',
  sentence: 'Flink puts late data into a side output; Spark drops it and has no side output built in.',
  source: 'the founding document of this project',
  experiments: [LATE_RECORDS.name],
  claimed: [],
  rule: 'A log with late records through both engines, each output checked. The event-driven engine puts every late record out, the micro-batch engine drops and counts them: holds. Both put them out: holds in part. The event-driven engine does not: does not hold here.',
  decide,
  explanation:
    "Nothing in the model of batches forbids a side output: a late row is found in a batch as it is in a stream, and the micro-batch engine of this project can write it to a topic of its own. Spark's operators filter late rows out before they reach the state and count what they dropped, after partial aggregation, so several late rows of a batch may count as one. A user of Spark gets at late rows only by testing the watermark's condition in a query of their own. Flink: https://nightlies.apache.org/flink/flink-docs-stable/docs/dev/datastream/side_output/; Spark: https://spark.apache.org/docs/latest/streaming/apis-on-dataframes-and-datasets.html#handling-late-data-and-watermarking.",
};

function decide(evidence: ClaimEvidence, pair: Pair): Finding {
  const event = lateOf(evidence, pair, 'event-driven');
  const batch = lateOf(evidence, pair, 'micro-batch');
  if (event === null || batch === null) return notMeasured(G12.experiments);
  const figures = [...event.figures, ...batch.figures];
  return {
    verdict: event.putsOut ? (batch.putsOut ? 'in-part' : 'holds') : 'not-here',
    because: `${event.sentence} ${batch.sentence}`,
    figures,
    conditions: [
      'regional-revenue, event-time windows: each late record is so late that every cadence of watermarks calls it so',
      ...(pair['micro-batch'] === 'micro-batch'
        ? ["the micro-batch engine of this project has a side output for late rows, which Spark's has not"]
        : []),
      ...groundConditions(evidence, [LATE_RECORDS], []),
    ],
    wouldChange: 'A side output for late rows in Spark.',
  };
}

type LateRecords = Verification['lateRecords'];

function lateOf(evidence: ClaimEvidence, pair: Pair, side: Side) {
  const engine = pair[side];
  const seen = cellsOf(evidence, LATE_RECORDS, engine)
    .flatMap((cell) => measuredRuns(cell, 'latency'))
    .flatMap(({ verification }) => verification?.lateRecords ?? [])
    .filter(({ expected }) => expected > 0);
  const expected = estimateOf(seen.map((late) => late.expected));
  const told = estimateOf(seen.map((late) => late.seen));
  if (expected === null || told === null) return null;
  const putsOut = seen.every(({ how }) => how === 'side-output');
  const figure = (label: string, estimate: ClaimFigure['estimate']): ClaimFigure => ({
    ...{ side, engine, experiment: LATE_RECORDS.name, unit: 'records' },
    ...{ label, estimate },
  });
  return {
    putsOut,
    sentence: `${engine} ${putsOut ? 'put out' : 'dropped'} the ${whole(expected.median)} late records of its log${putsOut ? '' : `, and counted ${whole(told.median)}`}.`,
    figures: [
      figure('late records in the log', expected),
      figure(putsOut ? 'late records put out' : countedLabel(seen), told),
    ],
  };
}

const countedLabel = (seen: readonly LateRecords[]): string =>
  seen.some(({ sparkCount }) => sparkCount !== null)
    ? 'late records dropped, as the engine counts them'
    : 'late records dropped';
