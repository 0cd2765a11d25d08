import type { LatencyRun, Slice } from '../../reports/model/index.ts';
import type { Observation } from '../observe/index.ts';
import { distributionOfLatencies } from './distribution.ts';
import { sliceSamples } from './slices.ts';
import { type TimedSample, timedSamples } from './timed-sample.ts';

/** The axis on which a run is measured. */
export interface MeasuredSchedule {
  /** Start of the schedule on the observation's axis, microseconds. */
  readonly startUs: number;
  /** Due instant of a sequence number, milliseconds from the start. */
  readonly dueMs: (sequence: number) => number;
  /** Actual send of a sequence number, milliseconds from the start. */
  readonly sentMs: (sequence: number) => number;
  /** Samples due in [fromMs, toMs) are measured; the others are verified only. */
  readonly fromMs: number;
  readonly toMs: number;
  readonly sliceMs: number;
}

type LatencyFigures = Pick<
  NonNullable<LatencyRun['figures']>,
  'latency' | 'uncorrected' | 'perOutput' | 'negativeSamples' | 'slices'
>;

/** Distributions and slices of a run at a stated rate. Slices span the whole schedule, warm-up included. */
export function latencyFigures(observation: Observation, schedule: MeasuredSchedule): LatencyFigures {
  const { startUs, dueMs, sentMs, fromMs, toMs } = schedule;
  const samples = timedSamples(observation, startUs, dueMs);
  const measured = samples.filter((sample) => sample.dueMs >= fromMs && sample.dueMs < toMs);
  const corrected = distributionOfLatencies(measured.map(({ latencyUs }) => latencyUs));
  const uncorrected = distributionOfLatencies(
    measured.map(({ sequence, dueMs: due, latencyUs }) => latencyUs - (sentMs(sequence) - due) * 1_000),
  );
  const perOutput: number[] = [];
  observation.outputNewestSequences.forEach((sequence, index) => {
    const due = dueMs(sequence);
    if (due >= fromMs && due < toMs)
      perOutput.push((observation.outputArrivalsUs[index] as number) - startUs - due * 1_000);
  });
  return {
    latency: corrected.distribution,
    uncorrected: uncorrected.distribution,
    perOutput: distributionOfLatencies(perOutput).distribution,
    negativeSamples: corrected.negative,
    slices: slicesOf(observation, samples, startUs, schedule.sliceMs, toMs),
  };
}

function slicesOf(
  observation: Observation,
  samples: readonly TimedSample[],
  startUs: number,
  sliceMs: number,
  endMs: number,
): Slice[] {
  const outputArrivalsMs = observation.outputArrivalsUs.map((arrivalUs) => (arrivalUs - startUs) / 1_000);
  return sliceSamples(samples, outputArrivalsMs, sliceMs, endMs);
}
