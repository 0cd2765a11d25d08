import { type Cell, type Distribution, type Kill, mergeDistributions, type Run } from '../model/index.ts';
import { median } from '../statistics/index.ts';
import { type Measured, measuredRuns, runsOf } from './measured-runs.ts';
import { refusalOf } from './refusal.ts';

/** What the passed runs of one kind say. No value and no refusal: there was no such run. */
export interface Reading<Value> {
  readonly value: Value | null;
  /** Runs that `value` rests on. */
  readonly runs: number;
  /** Why the other runs of this kind print no number. */
  readonly refusals: readonly string[];
  /** The highest share of the driver's ceiling over the runs where it is above the limit: such figures are not ranked. Null otherwise. */
  readonly driverBoundShare: number | null;
}

interface LatencyReading {
  /** All runs merged. */
  readonly latency: Distribution;
  readonly uncorrected: Distribution;
  readonly perOutput: Distribution;
  readonly generatorLag: Distribution;
  readonly emitted: Distribution | null;
  readonly appended: Distribution | null;
  /** The figures of each run, for medians and intervals over runs. */
  readonly each: readonly Measured<'latency'>['figures'][];
  readonly offeredRatePerSecond: number;
  /** Of one of the runs at least: it was measured after the longest warm-up, whatever its latency still did. */
  readonly neverSteady: boolean;
  /** One a run. */
  readonly cpuSecondsPerMillion: readonly number[];
  readonly peakRssMb: number | null;
}

interface DrainReading {
  readonly each: readonly Measured<'drain'>['figures'][];
  readonly cpuSecondsPerMillion: readonly number[];
  readonly peakRssMb: number | null;
}

interface RecoveryReading {
  readonly kills: readonly Kill[];
  readonly offeredRatePerSecond: number;
  readonly stateKeys: number | null;
  readonly bytesWrittenPerSecond: number | null;
  readonly detection: string;
  readonly lost: number;
  readonly duplicates: number;
}

interface SustainReading {
  readonly each: readonly Measured<'sustain'>['figures'][];
}

export interface CellFigures {
  readonly cell: Cell;
  readonly latency: Reading<LatencyReading>;
  readonly drain: Reading<DrainReading>;
  readonly recovery: Reading<RecoveryReading>;
  readonly sustain: Reading<SustainReading>;
  readonly oracle: { readonly passed: number; readonly failed: number; readonly unchecked: number };
}

/**
 * The figures of a cell from its passed runs: latency from merged histograms with the runs apart beside, rates and costs a value a
 * run, recovery a value a kill.
 */
export function figuresOf(cell: Cell): CellFigures {
  const checked = cell.runs.filter((run) => run.verification !== null);
  const passed = checked.filter((run) => run.verification?.passed === true).length;
  return {
    cell,
    latency: readingOf(cell, 'latency', readLatency),
    drain: readingOf(cell, 'drain', readDrain),
    recovery: readingOf(cell, 'recovery', readRecovery),
    sustain: readingOf(cell, 'sustain', (runs) => ({ each: runs.map((run) => run.figures) })),
    oracle: { passed, failed: checked.length - passed, unchecked: cell.runs.length - checked.length },
  };
}

/** Above this share of what generator, broker and observer pass, a run says more of them than of the engine. */
export const DRIVER_BOUND_SHARE = 0.8;

function readingOf<Kind extends Run['kind'], Value>(
  cell: Cell,
  kind: Kind,
  read: (runs: readonly Measured<Kind>[]) => Value,
): Reading<Value> {
  const measured = measuredRuns(cell, kind);
  const highestShare = Math.max(0, ...measured.map((run) => run.driver?.ceilingShare ?? 0));
  return {
    value: measured.length === 0 ? null : read(measured),
    runs: measured.length,
    refusals: runsOf(cell, kind)
      .map(refusalOf)
      .filter((refusal) => refusal !== null),
    // A search for the sustainable rate looks for the ceiling on purpose and says itself what limited it.
    driverBoundShare: kind !== 'sustain' && highestShare > DRIVER_BOUND_SHARE ? highestShare : null,
  };
}

function readLatency(runs: readonly Measured<'latency'>[]): LatencyReading {
  const each = runs.map((run) => run.figures);
  const merged = (pick: (figures: Measured<'latency'>['figures']) => Distribution) => merge(each.map(pick));
  const stage = (which: 'emitted' | 'appended') => {
    const known = each.map((figures) => figures.stages[which]).filter((known) => known !== null);
    return known.length < each.length ? null : merge(known);
  };
  return {
    latency: merged((figures) => figures.latency),
    uncorrected: merged((figures) => figures.uncorrected),
    perOutput: merged((figures) => figures.perOutput),
    generatorLag: merged((figures) => figures.generatorLag),
    emitted: stage('emitted'),
    appended: stage('appended'),
    each,
    offeredRatePerSecond: median(each.map((figures) => figures.offeredRatePerSecond)) ?? 0,
    neverSteady: each.some(({ warmupEndedBy }) => warmupEndedBy === 'maximum'),
    ...costOf(runs),
  };
}

function merge(distributions: readonly Distribution[]): Distribution {
  const [first, ...others] = distributions;
  return others.length === 0 && first !== undefined ? first : mergeDistributions(distributions);
}

function readDrain(runs: readonly Measured<'drain'>[]): DrainReading {
  return { each: runs.map((run) => run.figures), ...costOf(runs) };
}

function readRecovery(runs: readonly Measured<'recovery'>[]): RecoveryReading {
  const [first] = runs;
  const total = (pick: 'lost' | 'duplicates') =>
    runs.reduce((sum, run) => sum + (run.verification?.[pick] ?? 0), 0);
  const bytes = runs.map((run) => run.figures.bytesWritten?.perSecond).filter((value) => value !== undefined);
  return {
    kills: runs.flatMap((run) => run.figures.kills),
    offeredRatePerSecond: first?.figures.offeredRatePerSecond ?? 0,
    stateKeys: first?.figures.stateKeys ?? null,
    bytesWrittenPerSecond: median(bytes),
    detection: first?.figures.detection ?? '',
    lost: total('lost'),
    duplicates: total('duplicates'),
  };
}

function costOf(runs: readonly Run[]) {
  const peaks = runs
    .map((run) => run.cost?.processes.reduce((sum, process) => sum + process.peakRssMb, 0))
    .filter((value) => value !== undefined);
  return {
    cpuSecondsPerMillion: runs
      .map((run) => run.cost?.cpuSecondsPerMillionEvents)
      .filter((value) => value != null),
    peakRssMb: peaks.length === 0 ? null : Math.max(...peaks),
  };
}
