import type { LatencyRun } from '../../reports/model/index.ts';
import { LatencyCounts } from '../histogram/index.ts';
import type { Observation } from '../observe/index.ts';
import { sliceSamples } from './slices.ts';
import { type TimedSamples, timedSamples } from './timed-samples.ts';

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
  'latency' | 'uncorrected' | 'perOutput' | 'stages' | 'seconds' | 'negativeSamples' | 'slices'
>;

const SECOND_MS = 1_000;

/**
 * Distributions and slices of a run at a stated rate. Slices span the whole schedule, warm-up included; the seconds are those of the
 * measured stretch, by due instant, and merged they are the whole.
 */
export function latencyFigures(observation: Observation, schedule: MeasuredSchedule): LatencyFigures {
  const { startUs, dueMs, sentMs, fromMs, toMs, sliceMs } = schedule;
  const samples = timedSamples(observation, startUs, dueMs);
  const { sequences, dueMs: due, latencyUs } = samples;
  const corrected = new LatencyCounts();
  const uncorrected = new LatencyCounts();
  const seconds = new Map<number, LatencyCounts>();
  for (let index = 0; index < sequences.length; index += 1) {
    const dueAtMs = due[index] as number;
    if (!(dueAtMs >= fromMs && dueAtMs < toMs)) continue;
    const latency = latencyUs[index] as number;
    corrected.record(latency);
    uncorrected.record(latency - (sentMs(sequences[index] as number) - dueAtMs) * 1_000);
    const second = Math.floor(dueAtMs / SECOND_MS);
    const counts = seconds.get(second) ?? new LatencyCounts();
    seconds.set(second, counts);
    counts.record(latency);
  }
  return {
    latency: corrected.distribution(),
    uncorrected: uncorrected.distribution(),
    perOutput: perOutputCounts(observation, schedule).distribution(),
    stages: {
      emitted: stageDistribution(samples, observation.sampleEmittedUs, schedule),
      appended: stageDistribution(samples, observation.sampleAppendedUs, schedule),
    },
    seconds: [...seconds]
      .sort(([one], [other]) => one - other)
      .map(([second, counts]) => ({ atMs: second * SECOND_MS, latency: counts.distribution() })),
    negativeSamples: corrected.negative,
    slices: sliceSamples(
      samples,
      observation.outputArrivalsUs.map((arrivalUs) => (arrivalUs - startUs) / 1_000),
      sliceMs,
      toMs,
    ),
  };
}

function perOutputCounts(
  { outputNewestSequences, outputArrivalsUs }: Observation,
  { startUs, dueMs, fromMs, toMs }: MeasuredSchedule,
): LatencyCounts {
  const counts = new LatencyCounts();
  for (let index = 0; index < outputNewestSequences.length; index += 1) {
    const due = dueMs(outputNewestSequences[index] as number);
    if (due >= fromMs && due < toMs) {
      counts.record((outputArrivalsUs[index] as number) - startUs - due * 1_000);
    }
  }
  return counts;
}

/** From the due instant to an earlier stage of the output that covers the sample. */
function stageDistribution(
  { dueMs }: TimedSamples,
  stageUs: Float64Array | null,
  { startUs, fromMs, toMs }: MeasuredSchedule,
): ReturnType<LatencyCounts['distribution']> | null {
  if (stageUs === null) return null;
  const counts = new LatencyCounts();
  for (let index = 0; index < stageUs.length; index += 1) {
    const due = dueMs[index] as number;
    if (due >= fromMs && due < toMs) counts.record((stageUs[index] as number) - startUs - due * 1_000);
  }
  return counts.distribution();
}
