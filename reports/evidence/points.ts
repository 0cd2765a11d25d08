import type { Run } from '../model/index.ts';
import type { DrainPoint, LatencyPoint, RecoveryPoint, SustainPoint } from './configuration.ts';
import { type Estimate, estimateOf } from './estimate.ts';

type FiguresOf<Kind extends Run['kind']> = NonNullable<Extract<Run, { kind: Kind }>['figures']>;

interface Passed<Kind extends Run['kind']> {
  readonly run: Run;
  readonly figures: FiguresOf<Kind>;
}

function passedRuns<Kind extends Run['kind']>(runs: readonly Run[], kind: Kind): readonly Passed<Kind>[] {
  return runs.flatMap((run) =>
    run.kind === kind && run.outcome === 'passed' && run.figures !== null
      ? [{ run, figures: run.figures as FiguresOf<Kind> }]
      : [],
  );
}

function groupBy<Item, Key>(
  items: readonly Item[],
  keyOf: (item: Item) => Key,
): Map<string, readonly Item[]> {
  const groups = new Map<string, Item[]>();
  for (const item of items) {
    const key = JSON.stringify(keyOf(item));
    const group = groups.get(key);
    if (group === undefined) groups.set(key, [item]);
    else group.push(item);
  }
  return groups;
}

/** Null as soon as one of the values is missing: it would be among the extremes. */
function estimateOfAll(values: readonly (number | null | undefined)[]): Estimate | null {
  const known = values.filter((value) => value != null);
  return known.length < values.length ? null : estimateOf(known);
}

const inMs = (us: number | null): number | null => (us === null ? null : us / 1_000);

/** Runs at one rate are one point; below a sustainable rate its curve gives more where no run was made. */
export function latencyPoints(runs: readonly Run[]): readonly LatencyPoint[] {
  const byRate = groupBy(passedRuns(runs, 'latency'), ({ figures }) => figures.offeredRatePerSecond);
  const points = [...byRate.values()].map((group): LatencyPoint => {
    const of = (pick: 'min' | 'p50' | 'p99' | 'p999'): Estimate | null =>
      estimateOfAll(group.map(({ figures }) => inMs(figures.latency[pick])));
    return {
      ratePerSecond: (group[0] as Passed<'latency'>).figures.offeredRatePerSecond,
      minMs: of('min'),
      p50Ms: of('p50'),
      p99Ms: of('p99'),
      p999Ms: of('p999'),
      cpuSecondsPerMillion: estimateOfAll(group.map(({ run }) => run.cost?.cpuSecondsPerMillionEvents)),
      neverSteady: group.some(({ figures }) => figures.warmupEndedBy === 'maximum'),
      from: 'run',
    };
  });
  const rates = new Set(points.map(({ ratePerSecond }) => ratePerSecond));
  const curve = curvePoints(runs).filter(({ ratePerSecond }) => !rates.has(ratePerSecond));
  return [...points, ...curve].sort((one, other) => one.ratePerSecond - other.ratePerSecond);
}

function curvePoints(runs: readonly Run[]): readonly LatencyPoint[] {
  return passedRuns(runs, 'sustain').flatMap(({ figures }) =>
    figures.curve
      .filter(({ remarks }) => remarks.every(({ level }) => level !== 'invalid'))
      .map(({ ratePerSecond, latency }): LatencyPoint => {
        const of = (us: number | null): Estimate | null => estimateOfAll([inMs(us)]);
        return {
          ratePerSecond,
          minMs: of(latency.min),
          p50Ms: of(latency.p50),
          p99Ms: of(latency.p99),
          p999Ms: of(latency.p999),
          cpuSecondsPerMillion: null,
          neverSteady: false,
          from: 'curve',
        };
      }),
  );
}

/** Drains of one backlog are one point. */
export function drainPoints(runs: readonly Run[]): readonly DrainPoint[] {
  return [...groupBy(passedRuns(runs, 'drain'), ({ figures }) => figures.events).values()]
    .flatMap((group): readonly DrainPoint[] => {
      const rate = estimateOf(group.map(({ figures }) => figures.eventsPerSecond));
      if (rate === null) return [];
      return [
        {
          events: (group[0] as Passed<'drain'>).figures.events,
          ratePerSecond: rate,
          cpuSecondsPerMillion: estimateOfAll(group.map(({ run }) => run.cost?.cpuSecondsPerMillionEvents)),
        },
      ];
    })
    .sort((one, other) => one.events - other.events);
}

/** Searches under one objective are one point. */
export function searchPoints(runs: readonly Run[]): readonly SustainPoint[] {
  return [...groupBy(passedRuns(runs, 'sustain'), ({ figures }) => figures.slo).values()].map(
    (group): SustainPoint => ({
      slo: (group[0] as Passed<'sustain'>).figures.slo,
      ratePerSecond: estimateOfAll(group.map(({ figures }) => figures.sustainablePerSecond)),
      isLowerBound: group.some(
        ({ figures: { limitedBy } }) => limitedBy === 'driver' || limitedBy === 'range',
      ),
    }),
  );
}

/** Kills of one kind at one rate and size of state are one point. */
export function recoveryPoints(runs: readonly Run[]): readonly RecoveryPoint[] {
  const groups = groupBy(passedRuns(runs, 'recovery'), ({ figures }) => [
    figures.offeredRatePerSecond,
    figures.stateKeys,
    figures.kills[0]?.target,
  ]);
  return [...groups.values()].flatMap((group): readonly RecoveryPoint[] => {
    const [{ figures: first }] = group as [Passed<'recovery'>];
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
        bytesPerSecond: estimateOfAll(group.map(({ figures }) => figures.bytesWritten?.perSecond)),
        duplicates: total('duplicates'),
        lost: total('lost'),
      },
    ];
  });
}
