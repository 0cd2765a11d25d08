import type { EngineName, Guarantee } from '../../engines/pipeline/index.ts';
import { OWN_VALUE } from '../../reports/model/index.ts';
import { loadWorkload } from '../../workloads/index.ts';
import { pipelineNamed } from './engines.ts';
import { canBeWarmed } from './pace.ts';
import type { CellPlan, Measure } from './plan.ts';

export const PRESET_NAMES = ['bench', 'bench-quick', 'bench-real'] as const;
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

/**
 * The cells of `make bench` (every workload on both engines, in full), `make bench-quick` (the same, short) and `make bench-real` (every
 * workload on both and on the systems that they model).
 */
export async function presetCells(preset: PresetName, seed: number): Promise<CellPlan[]> {
  switch (preset) {
    case 'bench':
    case 'bench-quick':
      return await embeddedCells(preset === 'bench-quick', seed);
    case 'bench-real':
      return await realCells(seed);
  }
}

async function embeddedCells(quick: boolean, seed: number): Promise<CellPlan[]> {
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

const REAL_WORKLOADS = ['merchant-spend', 'login-tracker', 'regional-revenue'] as const;

/** Each engine directly before the system that it models: what drifts over a session hardly touches a pair. */
const REAL_ENGINES: readonly EngineName[] = ['event', 'flink', 'micro-batch', 'spark'];

/** What both sides of every pair share, in lengths that let all of it end within 30 minutes on two cores. */
const REAL_SHARED = {
  guarantee: 'at-least-once',
  ratePerSecond: 10_000,
  durationMs: 10_000,
  /** The same for all, so that all get the same log in their latency runs. */
  warmupLimitMs: 40_000,
  /** Long enough to see the first output of every engine, not for a cold virtual machine to catch up. */
  longestKillGapMs: 40_000,
  measures: ALL,
} as const;

/** Four equal batches, so that two lie in the last half, and at 500 ms a batch the trigger allows for 250,000/s. */
const REAL_BACKLOG = 500_000;
const REAL_BATCH = REAL_BACKLOG / 4;

async function realCells(seed: number): Promise<CellPlan[]> {
  const cells = REAL_WORKLOADS.flatMap((workload) =>
    REAL_ENGINES.map(async (engine): Promise<CellPlan> => {
      const defaults = {
        ...(await cellDefaults(workload, engine, seed)),
        ...REAL_SHARED,
        ...realWarmup(engine),
      };
      return { ...defaults, ...realSettings(workload, engine) };
    }),
  );
  return [...(await Promise.all(cells)), await tunedFlink(seed)];
}

/** A virtual machine compiles for tens of seconds, in which its latency falls too slowly for a rule to see: by a percent or two a second. */
function realWarmup(engine: EngineName): Pick<CellPlan, 'warmupMs'> {
  return { warmupMs: canBeWarmed(engine) ? 6_000 : 25_000 };
}

function realSettings(
  workload: string,
  engine: EngineName,
): Pick<CellPlan, 'settings' | 'variables' | 'drainEvents'> {
  // Spark has one watermark over all partitions: batches cut by size would make records late that are in time (docs/method.md). So both take
  // the backlog of this workload in one batch.
  const isOneBatch = workload === 'regional-revenue';
  const drainEvents = isOneBatch ? 300_000 : REAL_BACKLOG;
  switch (engine) {
    case 'event':
    case 'flink':
      return { drainEvents, settings: {}, variables: OWN_BUFFER_TIMEOUT };
    case 'micro-batch':
    case 'spark':
      return { drainEvents, settings: { maxRecordsPerBatch: isOneBatch ? 0 : REAL_BATCH }, variables: {} };
  }
}

/** Flink's own default of 100 ms against 1 ms of the engine modelled on it: each as whoever deploys it gets it. */
const OWN_BUFFER_TIMEOUT = { bufferTimeoutMs: OWN_VALUE };

/** What an operator who is after low latency makes of Flink: nobody is to say that ours was compared with an untuned one. */
async function tunedFlink(seed: number): Promise<CellPlan> {
  const profile = 'tuned-latency';
  const settings = pipelineNamed('flink').profiles[profile];
  return {
    ...(await cellDefaults('merchant-spend', 'flink', seed)),
    ...REAL_SHARED,
    ...realWarmup('flink'),
    profile,
    settings,
    given: new Set(),
    // Named, or it would not be ranked beside the Flink that is not tuned.
    variables: Object.fromEntries(Object.keys(settings).map((name) => [name, OWN_VALUE])),
    measures: ['latency'],
  };
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
