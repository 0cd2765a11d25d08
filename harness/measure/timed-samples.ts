import type { Observation } from '../observe/index.ts';

/** Latencies of a run's inputs as columns, one row an input. */
export interface TimedSamples {
  readonly sequences: Uint32Array;
  /** Due instants, milliseconds from the start of the schedule. */
  readonly dueMs: Float64Array;
  /** From the due instant to the first committed output that covers it; negative only if a clock or the oracle is wrong. */
  readonly latencyUs: Float64Array;
}

/**
 * @param startUs start of the schedule on the observation's time axis, microseconds
 * @param dueMs due instant of a sequence number, milliseconds from the start of the schedule
 */
export function timedSamples(
  { sampleSequences: sequences, sampleArrivalsUs }: Observation,
  startUs: number,
  dueMs: (sequence: number) => number,
): TimedSamples {
  const due = new Float64Array(sequences.length);
  const latencyUs = new Float64Array(sequences.length);
  for (let index = 0; index < sequences.length; index += 1) {
    const dueAtMs = dueMs(sequences[index] as number);
    due[index] = dueAtMs;
    latencyUs[index] = (sampleArrivalsUs[index] as number) - startUs - dueAtMs * 1_000;
  }
  return { sequences, dueMs: due, latencyUs };
}
