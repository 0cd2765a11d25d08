import type { Estimate, RecoveryPoint } from '../../evidence/index.ts';
import { bytes, significant, whole } from '../../numbers/index.ts';
import type { Claim, Pair } from '../claim.ts';
import type { ClaimEvidence } from '../claim-evidence.ts';
import { groundConditions } from '../conditions.ts';
import { clearlyBelow } from '../estimates.ts';
import { CHECKPOINT_INTERVALS } from '../experiments/index.ts';
import type { ClaimFigure, Finding } from '../finding.ts';
import { configurationsOf, settingOf } from '../lookup.ts';
import { notMeasured } from '../not-measured.ts';

/** Of the longest interval to the shortest: what lies nearer tells nothing of the claim. */
const LEAST_SPAN = 10;

/** "Tighter checkpoint intervals recover faster but write more." */
export const G10: Claim = {
  id: 'G10',
  title: 'the interval of checkpoints',
  sentence: 'Tighter checkpoint intervals recover faster, but write more.',
  source: 'the founding document of this project',
  experiments: [CHECKPOINT_INTERVALS.name],
  claimed: [],
  rule: 'The event-driven engine at the shortest and at the longest interval. Faster: the first new output after a SIGKILL comes clearly sooner at the shortest (the ranges lie apart, the medians by a tenth). More: clearly more bytes a second at the shortest. Both: holds. One of the two: holds in part. None: does not hold here. Intervals less than a factor of ten apart: not measured.',
  decide,
  explanation:
    'What came after the last checkpoint is read again, half an interval of input in the mean, as fast as the engine drains a backlog: many times the offered rate, so an interval adds far less than half its length to a recovery. Detecting the failure and starting again are paid at any interval. Bytes are written once a checkpoint, so their rate goes with the number of checkpoints, as long as a checkpoint is the whole state.',
};

interface Interval {
  readonly intervalMs: number;
  readonly point: RecoveryPoint;
  readonly firstOutputMs: Estimate;
  readonly bytesPerSecond: Estimate;
}

function decide(evidence: ClaimEvidence, pair: Pair): Finding {
  const engine = pair['event-driven'];
  const intervals = configurationsOf(evidence, CHECKPOINT_INTERVALS, engine)
    .flatMap((configuration): Interval[] => {
      const [point] = configuration.recoveries;
      const intervalMs = Number(settingOf(configuration, 'checkpointIntervalMs') ?? Number.NaN);
      const { firstOutputMs = null, bytesPerSecond = null } = point ?? {};
      if (point === undefined || firstOutputMs === null || bytesPerSecond === null) return [];
      return Number.isFinite(intervalMs) ? [{ intervalMs, point, firstOutputMs, bytesPerSecond }] : [];
    })
    .sort((one, other) => one.intervalMs - other.intervalMs);
  const [shortest] = intervals;
  const longest = intervals.at(-1);
  if (shortest === undefined || longest === undefined) return notMeasured(G10.experiments);
  if (longest.intervalMs < LEAST_SPAN * shortest.intervalMs) {
    return notMeasured(G10.experiments, {
      because: `Recoveries are known for intervals from ${named(shortest)} to ${named(longest)} alone: too near each other to tell.`,
      wouldChange: 'Running the other intervals again: `crosscurrent claims --claim G10`.',
    });
  }
  const isFaster = clearlyBelow(shortest.firstOutputMs, longest.firstOutputMs);
  const writesMore = clearlyBelow(longest.bytesPerSecond, shortest.bytesPerSecond);
  const shared = { side: 'event-driven', engine, experiment: CHECKPOINT_INTERVALS.name } as const;
  const figures = intervals.flatMap((interval): ClaimFigure[] => {
    const at = `checkpoint every ${named(interval)}`;
    const { firstOutputMs, bytesPerSecond, point } = interval;
    return [
      { ...shared, label: `first new output after a kill, ${at}`, unit: 'ms', estimate: firstOutputMs },
      { ...shared, label: `replayed after a kill, ${at}`, unit: 'records', estimate: point.replayedRecords },
      { ...shared, label: `written, ${at}`, unit: 'bytes/s', estimate: bytesPerSecond },
    ];
  });
  const { ratePerSecond, stateKeys, kills } = shortest.point;
  return {
    verdict: isFaster && writesMore ? 'holds' : isFaster || writesMore ? 'in-part' : 'not-here',
    because: `At ${named(shortest)} the first new output comes ${inSeconds(shortest)} after a kill and checkpoints write ${written(shortest)}; at ${named(longest)}, ${inSeconds(longest)} and ${written(longest)}.`,
    figures,
    conditions: [
      `merchant-spend at ${whole(ratePerSecond)} events/s, at-least-once, full checkpoints${stateKeys === null ? '' : ` of ${whole(stateKeys)} keys`}`,
      `${kills} kills an interval, at random phases of it`,
      `intervals from ${named(shortest)} to ${named(longest)}; an interval of 30 s would need as long a calm before each kill`,
      ...groundConditions(evidence, [CHECKPOINT_INTERVALS], figures),
    ],
    wouldChange:
      'Larger state, of which each checkpoint writes more; incremental checkpoints, which write what changed; a rate near what the engine can do, at which it catches up slowly.',
  };
}

const named = ({ intervalMs }: Interval): string => `${significant(intervalMs / 1_000)} s`;

const inSeconds = ({ firstOutputMs }: Interval): string => `${significant(firstOutputMs.median / 1_000)} s`;

const written = ({ bytesPerSecond }: Interval): string => `${bytes(bytesPerSecond.median)} a second`;
