import { measuredRuns } from '../../comparison/index.ts';
import { estimateOf } from '../../evidence/index.ts';
import { percent, significant, whole } from '../../numbers/index.ts';
import type { Claim, Pair } from '../claim.ts';
import type { ClaimEvidence } from '../claim-evidence.ts';
import { groundConditions } from '../conditions.ts';
import { TRIGGER_500 } from '../experiments/index.ts';
import type { ClaimFigure, Finding } from '../finding.ts';
import { cellsOf, settingOf } from '../lookup.ts';
import { notMeasured } from '../not-measured.ts';

/** The logs of a batch, by the names of the embedded engine and of Spark: its offsets before the work, its commit after it. */
const LOG_PHASES: ReadonlySet<string> = new Set(['walCommit', 'commitLog', 'commitOffsets']);

const HOLDS_FROM = 0.05;
const IN_PART_FROM = 0.01;

/** "The write-ahead log adds overhead on every micro-batch." */
export const G11: Claim = {
  id: 'G11',
  title: 'the write-ahead log of each batch',
  sentence: 'The write-ahead log adds overhead on every micro-batch.',
  source: 'the founding document of this project',
  experiments: [TRIGGER_500.name],
  claimed: [],
  rule: 'Mean time of a batch by its phases, as the engine tells it: share of the offset log (walCommit) and of the commit log (commitOffsets, here commitLog) in all phases. From 5 %: holds. From 1 %: holds in part. Less: does not hold here.',
  decide,
  explanation:
    'Before its work a batch writes which offsets it takes, after its work that it is done; each is a small file that has to be on the disk before the batch goes on. The price is one of the disk, or of an object store, and not of the records: it weighs more on a small batch than on a large one. The changes of the state are written besides, in a phase of their own. An engine with checkpoints writes them beside the work. On one machine the file system of Spark starts a process for the permissions of each file that it makes, which that of a cluster does not: part of what its logs take here.',
};

function decide(evidence: ClaimEvidence, pair: Pair): Finding {
  const engine = pair['micro-batch'];
  const runs = cellsOf(evidence, TRIGGER_500, engine).flatMap((cell) =>
    measuredRuns(cell, 'latency').map((run) => ({ cell, run })),
  );
  const batches = runs.flatMap(({ run: { phasesMs } }) => {
    const phases = Object.entries(phasesMs ?? {});
    const logs = phases.filter(([name]) => LOG_PHASES.has(name));
    const [allMs, logMs] = [sum(phases), sum(logs)];
    return logs.length === 0 || allMs === 0 ? [] : [{ allMs, logMs, share: logMs / allMs }];
  });
  const share = estimateOf(batches.map((batch) => batch.share));
  const logMs = estimateOf(batches.map((batch) => batch.logMs));
  const allMs = estimateOf(batches.map((batch) => batch.allMs));
  if (share === null || logMs === null || allMs === null) return notMeasured(G11.experiments);
  const shared = { side: 'micro-batch', engine, experiment: TRIGGER_500.name } as const;
  const figures: ClaimFigure[] = [
    { ...shared, label: 'offset and commit log, of a batch', unit: 'share', estimate: share },
    { ...shared, label: 'offset and commit log, a batch', unit: 'ms', estimate: logMs },
    { ...shared, label: 'all phases of a batch', unit: 'ms', estimate: allMs },
  ];
  return {
    verdict: share.median >= HOLDS_FROM ? 'holds' : share.median >= IN_PART_FROM ? 'in-part' : 'not-here',
    because: `Both logs take ${significant(logMs.median)} ms of a batch, ${percent(share.median)} of its time.`,
    figures,
    conditions: [
      ...new Set(
        runs.map(({ cell, run }) => {
          const rate = whole(run.figures.offeredRatePerSecond);
          const triggerMs = settingOf(cell, 'triggerIntervalMs') ?? 'unknown';
          return `merchant-spend at ${rate} events/s, ${cell.guarantee}, triggerIntervalMs ${triggerMs}: small batches`;
        }),
      ),
      'logs on a local disk',
      'means over all batches of a run, the first ones among them: a cold virtual machine makes batches longer, and the share smaller',
      ...groundConditions(evidence, [TRIGGER_500], figures),
    ],
    wouldChange:
      'An object store for the logs, which takes longer; larger batches, of which the logs are a smaller part; asynchronous progress tracking, which takes the logs out of the batch of a query without state.',
  };
}

function sum(phases: readonly (readonly [string, number])[]): number {
  return phases.reduce((total, [, durationMs]) => total + durationMs, 0);
}
