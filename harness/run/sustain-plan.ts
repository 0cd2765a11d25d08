import type { EngineName } from '../../engines/pipeline/index.ts';
import type { SearchOptions, Slo } from '../search/index.ts';
import { canBeWarmed, warmupFor } from './pace.ts';

/** How a cell's sustainable rate is looked for. */
export interface SustainPlan extends SearchOptions {
  readonly slo: Slo;
  /** Shortest and longest warm-up of each probe: it ends when the latency is steady. A process that is still cold would fail a rate that it sustains. */
  readonly warmupMs: number;
  readonly warmupLimitMs: number;
  /** Shortest measured stretch of a probe. An engine with a long checkpoint or trigger interval is measured for three of them. */
  readonly probeMs: number;
  /** Whether the latency at shares of the answer is measured afterwards. */
  readonly curve: boolean;
}

/** What a cell that asks for its sustainable rate uses when it says nothing else. */
export const SUSTAIN_DEFAULTS: SustainPlan = {
  slo: { percentile: 99, limitMs: 1_000 },
  from: 1_000,
  lowest: 10,
  highest: 400_000,
  precision: 0.03,
  confirmations: 3,
  maximumProbes: 40,
  warmupMs: 3_000,
  warmupLimitMs: 9_000,
  probeMs: 6_000,
  curve: true,
};

/** The same for cells of these engines side by side: a JVM that is still cold would fail a rate that it sustains. */
export function sustainDefaultsFor(engines: readonly EngineName[]): SustainPlan {
  return engines.every(canBeWarmed) ? SUSTAIN_DEFAULTS : { ...SUSTAIN_DEFAULTS, ...warmupFor(engines) };
}

/** Points of the latency curve after the answer. */
const CURVE_POINTS = 4;

/** How long a search that meets no noise takes, milliseconds, from the start rate up to an answer in the middle of the range. */
export function sustainPlannedMs(plan: SustainPlan, overheadMs: number): number {
  const { from, highest, precision, confirmations, maximumProbes, warmupMs, warmupLimitMs, probeMs, curve } =
    plan;
  const bracket = 1 + Math.ceil(Math.log2(Math.max(1, highest / from)) / 2);
  const bisect = Math.max(0, Math.ceil(Math.log2(Math.log(2) / Math.log(1 + precision))));
  const probes = Math.min(maximumProbes, bracket + bisect + confirmations);
  return (probes + (curve ? CURVE_POINTS : 0)) * (overheadMs + (warmupMs + warmupLimitMs) / 2 + probeMs);
}
