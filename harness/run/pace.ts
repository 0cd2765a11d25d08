import type { EngineName } from '../../engines/pipeline/index.ts';

/** How long the harness must be ready to wait for an engine, milliseconds. None of it is part of a figure: it says when to give up. */
interface Pace {
  /** From the order to deploy until it consumes, for the estimate. */
  readonly startMs: number;
  /** From a kill until it puts out again, for the estimate. */
  readonly recoveryMs: number;
  /** From one kill to the next at most, where neither option nor file says: a recovery, what piled up meanwhile, and the calm after it. */
  readonly longestKillGapMs: number;
  /** A run in which nothing new came out for so long, with the input at its end, is not going to be complete. */
  readonly stallLimitMs: number;
  /** After the measured stretch replay goes on as before until its last samples are out undisturbed, at most so long. */
  readonly settlingLimitMs: number;
  /** Shortest and longest warm-up, where neither option nor file says. */
  readonly warmupMs: number;
  readonly warmupLimitMs: number;
}

/** A Node process starts within a second, and its death is noticed at once. */
const EMBEDDED: Pace = {
  startMs: 1_000,
  recoveryMs: 1_500,
  longestKillGapMs: 15_000,
  stallLimitMs: 20_000,
  settlingLimitMs: 10_000,
  warmupMs: 4_000,
  warmupLimitMs: 15_000,
};

/** A JVM starts cold, and compiles its code while it runs: its latency falls for tens of seconds. */
const JVM = { stallLimitMs: 90_000, settlingLimitMs: 30_000, warmupMs: 8_000, warmupLimitMs: 40_000 };

/**
 * Flink notices a dead TaskManager at its second missed heartbeat, of 10 s by default; then a new one has to register. Spark's driver starts
 * anew, plans the query and generates its code: 16 s of CPU.
 */
export function paceOf(engine: EngineName): Pace {
  switch (engine) {
    case 'event':
    case 'micro-batch':
      return EMBEDDED;
    case 'flink':
      return { ...JVM, startMs: 12_000, recoveryMs: 20_000, longestKillGapMs: 75_000 };
    case 'spark':
      return { ...JVM, startMs: 15_000, recoveryMs: 25_000, longestKillGapMs: 75_000 };
  }
}

/**
 * Shortest and longest warm-up of cells that stand beside each other: those of the slowest engine, for all of them. Each then gets the same
 * log, whose length is that of the longest warm-up; one that is steady sooner is measured sooner.
 */
export function warmupFor(engines: readonly EngineName[]): Pick<Pace, 'warmupMs' | 'warmupLimitMs'> {
  const paces = engines.map(paceOf);
  return {
    warmupMs: Math.max(EMBEDDED.warmupMs, ...paces.map(({ warmupMs }) => warmupMs)),
    warmupLimitMs: Math.max(EMBEDDED.warmupLimitMs, ...paces.map(({ warmupLimitMs }) => warmupLimitMs)),
  };
}

/** Whether a discarded run warms anything: the embedded engines share a cache of compiled code, each JVM starts cold whatever ran before. */
export function canBeWarmed(engine: EngineName): boolean {
  return paceOf(engine) === EMBEDDED;
}
