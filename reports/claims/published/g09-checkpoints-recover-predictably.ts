import { measuredRuns } from '../../comparison/index.ts';
import type { Estimate, RecoveryPoint } from '../../evidence/index.ts';
import type { Result } from '../../model/index.ts';
import { significant, whole } from '../../numbers/index.ts';
import type { Claim, Pair, Side } from '../claim.ts';
import type { ClaimEvidence } from '../claim-evidence.ts';
import { groundConditions } from '../conditions.ts';
import { clearlyBelow, exactly } from '../estimates.ts';
import { RECOVERY_BY_STATE, RECOVERY_LARGE_STATE } from '../experiments/index.ts';
import type { ClaimFigure, Finding } from '../finding.ts';
import { cellsOf, configurationsOf, missingOf } from '../lookup.ts';
import { notMeasured } from '../not-measured.ts';

const SOURCES = [RECOVERY_BY_STATE, RECOVERY_LARGE_STATE];

/** Checkpoints against the replay of a log, by the size of the state. */
export const G9: Claim = {
  id: 'G9',
  title: 'how predictable recovery is, and what large state costs it',
  sentence:
    'Recovery from a checkpoint is more predictable than the replay of a log, and Spark is slower for large state.',
  source: 'the founding document of this project',
  experiments: SOURCES.map(({ name }) => name),
  claimed: [],
  rule: 'Time from SIGKILL to the first new output, several kills a size of state. More predictable: longest over shortest is smaller for the event-driven engine at every size. Slower for large state: at the largest size the micro-batch engine takes clearly longer (the ranges lie apart, the medians by a tenth). Both: holds. One of the two: holds in part. None: does not hold here. Fewer than two sizes where both sides have two kills or more, each followed by a new output before the next: not measured.',
  decide,
  explanation:
    'Both models do the same two things: they load the newest state that is durable, and read again what came after it. A checkpoint is a whole state, and what is read again grows with the time since the last one, so the phase of the kill spreads the recovery. A micro-batch engine has a durable state after each batch, as a snapshot and the changes since, and reads at most one batch again: little to replay, but a chain of changes to load. The detection of the failure and the start of a process or of a virtual machine come on top, and are most of a recovery where state is small.',
};

interface Recovery {
  readonly side: Side;
  readonly engine: Pair[Side];
  readonly experiment: string;
  readonly keys: number;
  readonly point: RecoveryPoint;
  readonly firstOutputMs: Estimate;
}

function decide(evidence: ClaimEvidence, pair: Pair): Finding {
  const event = recoveriesOf(evidence, pair, 'event-driven');
  const batch = recoveriesOf(evidence, pair, 'micro-batch');
  const both = event.flatMap((one): [Recovery, Recovery][] => {
    const other = batch.find(({ keys }) => keys === one.keys);
    return other === undefined ? [] : [[one, other]];
  });
  const largest = both.at(-1);
  const smallest = both[0];
  if (smallest === undefined || largest === undefined || both.length < 2)
    return notMeasured(missingOf(evidence, G9.experiments));
  const isPredictable = both.every(([one, other]) => spreadOf(one) < spreadOf(other));
  const isSlower = clearlyBelow(largest[0].firstOutputMs, largest[1].firstOutputMs);
  const eventSpread = Math.max(...both.map(([one]) => spreadOf(one)));
  const batchSpread = Math.max(...both.map(([, other]) => spreadOf(other)));
  const figures = [
    ...both.flat().flatMap(figuresOf),
    growthFigure(smallest[0], largest[0]),
    growthFigure(smallest[1], largest[1]),
  ];
  return {
    verdict: isPredictable && isSlower ? 'holds' : isPredictable || isSlower ? 'in-part' : 'not-here',
    because: `The longest recovery is up to ${significant(eventSpread)} times the shortest on the event-driven side, ${significant(batchSpread)} on the micro-batch side. With the largest state the first new output comes after ${seconds(largest[0])} and ${seconds(largest[1])}.`,
    figures,
    conditions: [
      `merchant-spend at ${whole(largest[0].point.ratePerSecond)} events/s, at-least-once, default settings, state in memory`,
      `${both.map(([one]) => one.point.kills).join(', ')} kills a size: a spread of so few is a rough one`,
      ...detectionsOf(evidence, pair),
      ...groundConditions(evidence, SOURCES, figures),
    ],
    wouldChange:
      'Other detection settings where detection is most of a recovery; another interval of checkpoints or snapshots; state beyond memory.',
  };
}

function figuresOf(recovery: Recovery): ClaimFigure[] {
  const { side, engine, experiment, point, keys, firstOutputMs } = recovery;
  const state = `${whole(point.stateKeys ?? keys)} keys`;
  const shared = { side, engine, experiment };
  return [
    { ...shared, label: `first new output after a kill, ${state}`, unit: 'ms', estimate: firstOutputMs },
    {
      ...shared,
      label: `longest over shortest, ${state}`,
      unit: 'ratio',
      estimate: exactly(spreadOf(recovery), point.kills),
    },
  ];
}

function growthFigure(smallest: Recovery, { side, engine, experiment, ...largest }: Recovery): ClaimFigure {
  const growth = largest.firstOutputMs.median / smallest.firstOutputMs.median;
  return {
    ...{ side, engine, experiment, unit: 'ratio' },
    label: 'first new output, largest over smallest state',
    estimate: exactly(growth, largest.point.kills),
  };
}

/** One a size of state, ascending. */
function recoveriesOf(evidence: ClaimEvidence, pair: Pair, side: Side): readonly Recovery[] {
  const engine = pair[side];
  return SOURCES.flatMap((source) =>
    configurationsOf(evidence, source, engine).flatMap(({ keys, recoveries }): Recovery[] => {
      const [point] = recoveries;
      const firstOutputMs = point?.firstOutputMs ?? null;
      if (keys === null || point === undefined || firstOutputMs === null || firstOutputMs.count < 2)
        return [];
      return [{ side, engine, experiment: source.name, keys, point, firstOutputMs }];
    }),
  ).sort((one, other) => one.keys - other.keys);
}

/** Of the few kills of an experiment the range is the whole one. */
const spreadOf = ({ firstOutputMs: { low, high } }: Recovery): number => high / low;

const seconds = ({ firstOutputMs }: Recovery): string => `${significant(firstOutputMs.median / 1_000)} s`;

/** How each side notices a failure, as its runs have it. */
function detectionsOf(evidence: ClaimEvidence, pair: Pair): readonly string[] {
  return Object.values(pair).flatMap((engine: Result['cells'][number]['engine']) => {
    const [run] = cellsOf(evidence, RECOVERY_BY_STATE, engine).flatMap((cell) =>
      measuredRuns(cell, 'recovery'),
    );
    return run === undefined ? [] : [`${engine} notices a failure by: ${run.figures.detection}`];
  });
}
