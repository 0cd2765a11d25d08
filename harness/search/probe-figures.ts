import { LagTrend } from './lag-trend.ts';

/** One probe's inputs that called for an output, as columns on the axis of its schedule. */
export interface ProbeSamples {
  readonly count: number;
  /** When the clock of sample `index` started: its due instant, or its actual send. Milliseconds from the start of the schedule. */
  readonly startedMs: (index: number) => number;
  /** Due instant of sample `index`: the measured stretch is cut by it. */
  readonly dueMs: (index: number) => number;
  /** When the first output that covers sample `index` was seen. */
  readonly seenMs: (index: number) => number;
}

/** What a verdict on a rate rests on. */
export interface ProbeFigures {
  readonly ratePerSecond: number;
  /** Inputs due in the measured stretch. */
  readonly samples: number;
  /** Those of them that took longer than the limit. */
  readonly lateSamples: number;
  /** Growth of the lag, records a second; null where too few bins hold an input to tell. */
  readonly lagSlopePerSecond: number | null;
  /** From the end of the schedule, or from the last send where that was later, until everything was covered. */
  readonly drainMs: number;
}

interface ProbeStretch {
  readonly ratePerSecond: number;
  /** Measured: inputs due in [fromMs, toMs). The schedule ends at `toMs`. */
  readonly fromMs: number;
  readonly toMs: number;
  /** Length of the bins over which the lag is averaged: whole cycles of the engine. */
  readonly binMs: number;
  readonly limitMs: number;
}

/** Measures one probe whose outputs are complete. */
export function probeFigures(samples: ProbeSamples, stretch: ProbeStretch): ProbeFigures {
  const { ratePerSecond, fromMs, toMs, binMs, limitMs } = stretch;
  const trend = new LagTrend(ratePerSecond, fromMs, toMs, binMs);
  let measured = 0;
  let late = 0;
  let endMs = toMs;
  let lastSeenMs = 0;
  for (let index = 0; index < samples.count; index += 1) {
    const startedMs = samples.startedMs(index);
    const seenMs = samples.seenMs(index);
    if (startedMs > endMs) endMs = startedMs;
    if (seenMs > lastSeenMs) lastSeenMs = seenMs;
    const dueMs = samples.dueMs(index);
    if (dueMs < fromMs || dueMs >= toMs) continue;
    measured += 1;
    if (seenMs - startedMs > limitMs) late += 1;
    trend.add(dueMs, seenMs - startedMs);
  }
  return {
    ratePerSecond,
    samples: measured,
    lateSamples: late,
    lagSlopePerSecond: trend.slopePerSecond(),
    drainMs: Math.max(0, lastSeenMs - endMs),
  };
}
