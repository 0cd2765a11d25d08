import type { Distribution, Run } from '../model/index.ts';
import type { DrainPoint, LatencyPoint, RecoveryPoint, SustainPoint } from './configuration.ts';
import { type Estimate, estimateOf } from './estimate.ts';

type FiguresOf<Kind extends Run['kind']> = NonNullable<Extract<Run, { kind: Kind }>['figures']>;

/** A run and the file that holds it. */
export interface SourcedRun {
  readonly run: Run;
  readonly file: string;
}

interface Passed<Kind extends Run['kind']> extends SourcedRun {
  readonly figures: FiguresOf<Kind>;
}

function passedRuns<Kind extends Run['kind']>(
  runs: readonly SourcedRun[],
  kind: Kind,
): readonly Passed<Kind>[] {
  return runs.flatMap(({ run, file }) =>
    run.kind === kind && run.outcome === 'passed' && run.figures !== null
      ? [{ run, file, figures: run.figures as FiguresOf<Kind> }]
      : [],
  );
}

const filesOf = (runs: readonly SourcedRun[]): readonly string[] => [
  ...new Set(runs.map(({ file }) => file)),
];

function groupBy<Item, Key>(
  items: readonly Item[],
  keyOf: (item: Item) => Key,
): readonly (readonly [Item, ...Item[]])[] {
  const groups = new Map<string, [Item, ...Item[]]>();
  for (const item of items) {
    const key = JSON.stringify(keyOf(item));
    const group = groups.get(key);
    if (group === undefined) groups.set(key, [item]);
    else group.push(item);
  }
  return [...groups.values()];
}

/** Null as soon as one of the values is missing: of a kill that was never recovered from, or a search that found nothing, it would be the worst. */
function estimateOfAll(values: readonly (number | null)[]): Estimate | null {
  const known = values.filter((value) => value !== null);
  return known.length < values.length ? null : estimateOf(known);
}

/** Of the values there are: a run too short for a percentile, or without its costs, says nothing either way. */
function estimateOfKnown(values: readonly (number | null | undefined)[]): Estimate | null {
  return estimateOf(values.filter((value) => value != null));
}

const inMs = (us: number | null): number | null => (us === null ? null : us / 1_000);

/**
 * Runs at one constant rate are one point; below a sustainable rate its curve gives more where no run was made. A run by another
 * schedule (bursts, a ramp, a recording) was at no one rate, and is no point.
 */
export function latencyPoints(runs: readonly SourcedRun[]): readonly LatencyPoint[] {
  const steadyRate = passedRuns(runs, 'latency').filter(({ figures }) => isConstant(figures.schedule));
  const points = groupBy(steadyRate, ({ figures }) => figures.offeredRatePerSecond).map(
    (group): LatencyPoint => ({
      ratePerSecond: group[0].figures.offeredRatePerSecond,
      ...percentilesOf(group.map(({ figures }) => figures.latency)),
      cpuSecondsPerMillion: estimateOfKnown(group.map(({ run }) => run.cost?.cpuSecondsPerMillionEvents)),
      neverSteady: group.some(({ figures }) => figures.warmupEndedBy === 'maximum'),
      from: 'run',
      files: filesOf(group),
    }),
  );
  const rates = new Set(points.map(({ ratePerSecond }) => ratePerSecond));
  const curve = curvePoints(runs).filter(({ ratePerSecond }) => !rates.has(ratePerSecond));
  return [...points, ...curve].sort((one, other) => one.ratePerSecond - other.ratePerSecond);
}

/** Results of the first version do not name their schedule: there was one kind. */
const isConstant = ({ kind }: FiguresOf<'latency'>['schedule']): boolean =>
  kind === undefined || kind === 'constant';

function curvePoints(runs: readonly SourcedRun[]): readonly LatencyPoint[] {
  const measured = passedRuns(runs, 'sustain').flatMap(({ run, file, figures }) =>
    figures.curve
      .filter(({ remarks }) => remarks.every(({ level }) => level !== 'invalid'))
      .map((point) => ({ run, file, point })),
  );
  return groupBy(measured, ({ point }) => point.ratePerSecond).map(
    (group): LatencyPoint => ({
      ratePerSecond: group[0].point.ratePerSecond,
      ...percentilesOf(group.map(({ point }) => point.latency)),
      cpuSecondsPerMillion: null,
      neverSteady: false,
      from: 'curve',
      files: filesOf(group),
    }),
  );
}

function percentilesOf(
  latencies: readonly Distribution[],
): Pick<LatencyPoint, 'minMs' | 'p50Ms' | 'p99Ms' | 'p999Ms'> {
  const of = (pick: 'min' | 'p50' | 'p99' | 'p999'): Estimate | null =>
    estimateOfKnown(latencies.map((latency) => inMs(latency[pick])));
  return { minMs: of('min'), p50Ms: of('p50'), p99Ms: of('p99'), p999Ms: of('p999') };
}

/** Drains of one backlog are one point. */
export function drainPoints(runs: readonly SourcedRun[]): readonly DrainPoint[] {
  return groupBy(passedRuns(runs, 'drain'), ({ figures }) => figures.events)
    .flatMap((group): readonly DrainPoint[] => {
      const rate = estimateOf(group.map(({ figures }) => figures.eventsPerSecond));
      if (rate === null) return [];
      return [
        {
          events: group[0].figures.events,
          ratePerSecond: rate,
          cpuSecondsPerMillion: estimateOfKnown(group.map(({ run }) => run.cost?.cpuSecondsPerMillionEvents)),
          files: filesOf(group),
        },
      ];
    })
    .sort((one, other) => one.events - other.events);
}

/** Searches under one objective are one point. */
export function searchPoints(runs: readonly SourcedRun[]): readonly SustainPoint[] {
  return groupBy(passedRuns(runs, 'sustain'), ({ figures: { slo } }) => [slo.percentile, slo.limitMs]).map(
    (group): SustainPoint => {
      const fails = group.flatMap(({ figures }) => figures.bracket.fails ?? []);
      return {
        slo: group[0].figures.slo,
        ratePerSecond: estimateOfAll(group.map(({ figures }) => figures.sustainablePerSecond)),
        failsPerSecond:
          fails.length === 0 ? null : { lowest: Math.min(...fails), highest: Math.max(...fails) },
        isLowerBound: group.some(
          ({ figures: { limitedBy } }) => limitedBy === 'driver' || limitedBy === 'range',
        ),
        searches: group.length,
        files: filesOf(group),
      };
    },
  );
}

/** Kills of one kind at one rate and size of state are one point. */
export function recoveryPoints(runs: readonly SourcedRun[]): readonly RecoveryPoint[] {
  const groups = groupBy(passedRuns(runs, 'recovery'), ({ figures }) => [
    figures.offeredRatePerSecond,
    figures.stateKeys,
    figures.kills[0]?.target,
  ]);
  return groups.flatMap((group): readonly RecoveryPoint[] => {
    const [{ figures: first }] = group;
    const kills = group.flatMap(({ figures }) => figures.kills);
    const replayed = estimateOf(kills.map(({ replayedRecords }) => replayedRecords));
    if (replayed === null) return [];
    const total = (pick: 'duplicates' | 'lost'): number =>
      group.reduce((sum, { run }) => sum + (run.verification?.[pick] ?? 0), 0);
    return [
      {
        ratePerSecond: first.offeredRatePerSecond,
        target: first.kills[0]?.target ?? 'process',
        stateKeys: first.stateKeys,
        kills: kills.length,
        firstOutputMs: estimateOfAll(kills.map(({ firstOutputMs }) => firstOutputMs)),
        caughtUpMs: estimateOfAll(kills.map(({ caughtUpMs }) => caughtUpMs)),
        replayedRecords: replayed,
        bytesPerSecond: estimateOfKnown(group.map(({ figures }) => figures.bytesWritten?.perSecond)),
        duplicates: total('duplicates'),
        lost: total('lost'),
        files: filesOf(group),
      },
    ];
  });
}
