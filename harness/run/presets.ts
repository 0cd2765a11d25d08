import type { EngineName, Guarantee } from '../../engines/pipeline/index.ts';
import { loadWorkload } from '../../workloads/index.ts';
import type { CellPlan, Measure } from './plan.ts';

export const PRESET_NAMES = ['bench', 'bench-quick'] as const;
export type PresetName = (typeof PRESET_NAMES)[number];

type Row = readonly [string, Guarantee, readonly Measure[]];

const ENGINES: readonly EngineName[] = ['event', 'micro-batch'];

const ALL: readonly Measure[] = ['latency', 'drain', 'recovery'];
const BENCH_ROWS: readonly Row[] = [
  ['merchant-spend', 'at-least-once', ALL],
  ['merchant-spend', 'exactly-once', ALL],
  ['login-tracker', 'at-least-once', ALL],
  ['regional-revenue', 'at-least-once', ALL],
];
const QUICK_ROWS: readonly Row[] = [
  ['merchant-spend', 'at-least-once', ['latency', 'drain']],
  ['login-tracker', 'at-least-once', ['latency']],
  ['regional-revenue', 'at-least-once', ['latency']],
];

/** The cells of `make bench` (every workload on both engines, in full) and `make bench-quick` (the same, short). */
export async function presetCells(preset: PresetName, seed: number): Promise<CellPlan[]> {
  const quick = preset === 'bench-quick';
  const cells = (quick ? QUICK_ROWS : BENCH_ROWS).flatMap(([workload, guarantee, measures]) =>
    ENGINES.map(async (engine) => ({
      ...(await cellDefaults(workload, engine, seed)),
      guarantee,
      measures,
      ...(quick ? { warmupMs: 2_000, warmupLimitMs: 6_000, durationMs: 4_000, drainEvents: 200_000 } : {}),
    })),
  );
  return await Promise.all(cells);
}

/** A cell as `crosscurrent run` makes it when no option says otherwise. */
export async function cellDefaults(workload: string, engine: EngineName, seed: number): Promise<CellPlan> {
  return {
    workload,
    engine,
    profile: 'default',
    guarantee: 'at-least-once',
    settings: {},
    heapMb: 1_024,
    measures: ALL,
    ratePerSecond: 5_000,
    producers: 1,
    warmupMs: 4_000,
    warmupLimitMs: 15_000,
    durationMs: 12_000,
    drainEvents: 1_000_000,
    kills: 1,
    faultTarget: 'process',
    variables: {},
    seed,
    log: (await loadWorkload(workload)).defaults,
  };
}
