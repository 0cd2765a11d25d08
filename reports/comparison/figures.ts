import { type Cell, type Distribution, type Kill, mergeDistributions, type Run } from '../model/index.ts';
import { median } from './median.ts';
import { refusalOf } from './refusal.ts';

/** What the passed runs of one kind say. No value and no refusal: there was no such run. */
export interface Reading<Value> {
  readonly value: Value | null;
  /** Runs that `value` rests on. */
  readonly runs: number;
  /** Why the other runs of this kind print no number. */
  readonly refusals: readonly string[];
}

interface LatencyReading {
  readonly latency: Distribution;
  readonly uncorrected: Distribution;
  readonly perOutput: Distribution;
  readonly generatorLag: Distribution;
  readonly offeredRatePerSecond: number;
  readonly achievedRatePerSecond: number;
  readonly cpuSecondsPerMillion: number | null;
  readonly peakRssMb: number | null;
}

interface DrainReading {
  readonly eventsPerSecond: number;
  readonly coldEventsPerSecond: number;
  readonly cpuSecondsPerMillion: number | null;
  readonly peakRssMb: number | null;
}

interface RecoveryReading {
  readonly kills: readonly Kill[];
  readonly firstOutputMs: number | null;
  /** Null when a kill was not caught up before the end of its run: such a time is unknown, not long. */
  readonly caughtUpMs: number | null;
  readonly replayedRecords: number;
  readonly lost: number;
  readonly duplicates: number;
}

export interface CellFigures {
  readonly cell: Cell;
  readonly latency: Reading<LatencyReading>;
  readonly drain: Reading<DrainReading>;
  readonly recovery: Reading<RecoveryReading>;
  readonly oracle: { readonly passed: number; readonly failed: number; readonly unchecked: number };
}

/**
 * The figures of a cell from its passed runs: latency from merged histograms, rates and costs as medians over runs, recovery as
 * medians over kills.
 */
export function figuresOf(cell: Cell): CellFigures {
  const checked = cell.runs.filter((run) => run.verification !== null);
  const passed = checked.filter((run) => run.verification?.passed === true).length;
  return {
    cell,
    latency: readingOf(cell, 'latency', readLatency),
    drain: readingOf(cell, 'drain', readDrain),
    recovery: readingOf(cell, 'recovery', readRecovery),
    oracle: { passed, failed: checked.length - passed, unchecked: cell.runs.length - checked.length },
  };
}

type RunOf<Kind extends Run['kind']> = Extract<Run, { kind: Kind }>;
type Measured<Kind extends Run['kind']> = RunOf<Kind> & {
  readonly figures: NonNullable<RunOf<Kind>['figures']>;
};

function readingOf<Kind extends Run['kind'], Value>(
  cell: Cell,
  kind: Kind,
  read: (runs: readonly Measured<Kind>[]) => Value,
): Reading<Value> {
  const runs = cell.runs.filter((run): run is RunOf<Kind> => run.kind === kind);
  const measured = runs.filter(
    (run): run is Measured<Kind> => run.outcome === 'passed' && run.figures !== null,
  );
  return {
    value: measured.length === 0 ? null : read(measured),
    runs: measured.length,
    refusals: runs.map(refusalOf).filter((refusal) => refusal !== null),
  };
}

function readLatency(runs: readonly Measured<'latency'>[]): LatencyReading {
  const merged = (pick: (figures: Measured<'latency'>['figures']) => Distribution) => {
    const [first, ...others] = runs.map((run) => pick(run.figures));
    return others.length === 0 && first !== undefined
      ? first
      : mergeDistributions(runs.map((run) => pick(run.figures)));
  };
  return {
    latency: merged((figures) => figures.latency),
    uncorrected: merged((figures) => figures.uncorrected),
    perOutput: merged((figures) => figures.perOutput),
    generatorLag: merged((figures) => figures.generatorLag),
    offeredRatePerSecond: median(runs.map((run) => run.figures.offeredRatePerSecond)) ?? 0,
    achievedRatePerSecond: median(runs.map((run) => run.figures.achievedRatePerSecond)) ?? 0,
    ...costOf(runs),
  };
}

function readDrain(runs: readonly Measured<'drain'>[]): DrainReading {
  return {
    eventsPerSecond: median(runs.map((run) => run.figures.eventsPerSecond)) ?? 0,
    coldEventsPerSecond: median(runs.map((run) => run.figures.coldEventsPerSecond)) ?? 0,
    ...costOf(runs),
  };
}

function readRecovery(runs: readonly Measured<'recovery'>[]): RecoveryReading {
  const kills = runs.flatMap((run) => run.figures.kills);
  const allKnown = (times: readonly (number | null)[]) => {
    const known = times.filter((time) => time !== null);
    return known.length < times.length ? null : median(known);
  };
  const total = (pick: 'lost' | 'duplicates') =>
    runs.reduce((sum, run) => sum + (run.verification?.[pick] ?? 0), 0);
  return {
    kills,
    firstOutputMs: allKnown(kills.map((kill) => kill.firstOutputMs)),
    caughtUpMs: allKnown(kills.map((kill) => kill.caughtUpMs)),
    replayedRecords: median(kills.map((kill) => kill.replayedRecords)) ?? 0,
    lost: total('lost'),
    duplicates: total('duplicates'),
  };
}

function costOf(runs: readonly Run[]) {
  const perMillion = runs.map((run) => run.cost?.cpuSecondsPerMillionEvents).filter((value) => value != null);
  const peaks = runs
    .map((run) => run.cost?.processes.reduce((sum, process) => sum + process.peakRssMb, 0))
    .filter((value) => value !== undefined);
  return {
    cpuSecondsPerMillion: median(perMillion),
    peakRssMb: peaks.length === 0 ? null : Math.max(...peaks),
  };
}
