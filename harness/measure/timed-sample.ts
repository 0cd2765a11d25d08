import type { Observation } from '../observe/index.ts';

/** One input's latency. Times in milliseconds from the start of the schedule. */
export interface TimedSample {
  readonly sequence: number;
  readonly dueMs: number;
  /** From the due instant to the first committed output that covers it; negative only if a clock or the oracle is wrong. */
  readonly latencyUs: number;
}

/**
 * @param startUs start of the schedule on the observation's time axis, microseconds
 * @param dueMs due instant of a sequence number, milliseconds from the start of the schedule
 */
export function timedSamples(
  observation: Observation,
  startUs: number,
  dueMs: (sequence: number) => number,
): TimedSample[] {
  return Array.from(observation.sampleSequences, (sequence, index) => {
    const due = dueMs(sequence);
    const arrivalUs = (observation.sampleArrivalsUs[index] as number) - startUs;
    return { sequence, dueMs: due, latencyUs: arrivalUs - due * 1_000 };
  });
}
