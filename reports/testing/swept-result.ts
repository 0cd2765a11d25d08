import type {
  Cell,
  Kill,
  LatencyRun,
  NoiseFloor,
  Result,
  Run,
  SustainRun,
  SustainStep,
} from '../model/index.ts';
import { copiesOf } from './copies-of.ts';
import { base, fixtureCell, fixtureResult, latencyRun, marks, type Shape, slice } from './fixture-result.ts';
import { SeededLatency } from './seeded-latency.ts';

const KILLS = 10;
const RECOVERY_SLICE_MS = 200;

/**
 * Invented figures of all that goes beyond one run a cell: seven repeats beside a refused attempt, searches for the sustainable rate,
 * sweeps of recovery with ten kills a cell, noise floors, a warning.
 */
export const sweptResult = copiesOf(makeSweptResult);

function makeSweptResult(): Result {
  const random = new SeededLatency(11);
  const engines = ['event', 'micro-batch'] as const;
  return {
    ...fixtureResult(),
    command: ['crosscurrent', 'matrix', 'matrix.yaml'],
    cells: [
      ...engines.map((engine) => repeatedCell(random, engine)),
      ...engines.flatMap((engine) =>
        [250, 1_000, 4_000].map((everyMs) => sweptCell(random, engine, everyMs)),
      ),
    ],
    noiseFloors: [noiseFloor('latency-p99', 0.07), noiseFloor('drain-rate', 0.04)],
  };
}

function repeatedCell(random: SeededLatency, engine: 'event' | 'micro-batch'): Cell {
  const cell = fixtureCell(random, 'merchant-spend', engine, 'at-least-once');
  const runs = Array.from({ length: 7 }, (_, i): LatencyRun => {
    const median = (engine === 'event' ? 5_200 : 300_000) * (0.94 + 0.12 * random.uniform());
    return {
      ...latencyRun(shapeOf(random, engine, () => random.latencyUs(median, 0.4))),
      runId: `repeat-${engine}-${i}`,
      machineUse: { foreignCpuShare: 0.02 + i / 100, stolenCpuShare: 0.001 },
      remarks:
        i === 3
          ? [{ code: 'RUN_WARMUP_NOT_STEADY', message: 'p99 never became steady.', level: 'warning' }]
          : [],
    };
  });
  const [first] = runs;
  const refused: Run[] = first === undefined ? [] : [refusedAttempt(first)];
  return { ...cell, runs: [...refused, ...runs, sustainRun(random, engine)] };
}

const refusedAttempt = (run: LatencyRun): LatencyRun => ({
  ...run,
  runId: `${run.runId}-refused`,
  outcome: 'invalid',
  remarks: [{ code: 'RUN_MACHINE_BUSY', message: 'Other processes took 41 % of the CPU.', level: 'invalid' }],
});

function shapeOf(random: SeededLatency, engine: 'event' | 'micro-batch', draw: () => number): Shape {
  return { workload: 'merchant-spend', engine, random, draw };
}

function sustainRun(random: SeededLatency, engine: 'event' | 'micro-batch'): SustainRun {
  const capacity = engine === 'event' ? 90_000 : 160_000;
  const p99Us = (rate: number) =>
    Math.round(((engine === 'event' ? 9_000 : 480_000) * 1) / Math.max(0.05, 1 - rate / capacity));
  const step = (ratePerSecond: number, purpose: SustainStep['purpose']): SustainStep => {
    const holds = ratePerSecond <= capacity * 0.96;
    return {
      ratePerSecond,
      purpose,
      verdict: ratePerSecond > 250_000 ? 'driver' : holds ? 'holds' : 'fails',
      reasons: holds ? [] : ['lag grew by 3 % of the rate'],
      p99Us: holds ? p99Us(ratePerSecond) : p99Us(ratePerSecond) * 2,
      lagSlopePerSecond: holds ? 2 : ratePerSecond * 0.03,
      drainMs: holds ? 140 : 7_400,
    };
  };
  const doubling = [10_000, 20_000, 40_000, 80_000, 160_000, 320_000].filter((rate) => rate < capacity * 2.2);
  const holds = capacity * 0.94;
  return {
    ...base('merchant-spend', engine, 'sustain', 400_000),
    kind: 'sustain',
    figures: {
      slo: { percentile: 99, limitMs: 2_000 },
      sustainablePerSecond: holds,
      bracket: { holds, fails: capacity * 0.98 },
      limitedBy: 'engine',
      confirmations: 3,
      steps: [
        ...doubling.map((rate) => step(rate, 'bracket')),
        ...[capacity * 0.9, capacity * 0.98, holds].map((rate) => step(rate, 'bisect')),
        ...[1, 2, 3].map(() => step(holds, 'confirm')),
      ],
      curve: [0.2, 0.5, 0.8, 0.95].map((share) => ({
        share,
        ratePerSecond: holds * share,
        latency: random.distribution(3_000, () => random.latencyUs(p99Us(holds * share) / 3, 0.45)),
        remarks: [],
      })),
    },
  };
}

function sweptCell(random: SeededLatency, engine: 'event' | 'micro-batch', everyMs: number): Cell {
  const name = engine === 'event' ? 'checkpointIntervalMs' : 'triggerIntervalMs';
  const cell = fixtureCell(random, 'merchant-spend', engine, 'exactly-once');
  return {
    ...cell,
    variables: { [name]: String(everyMs) },
    settings: cell.settings.map((setting) =>
      setting.name === name ? { ...setting, value: String(everyMs), source: 'flag' } : setting,
    ),
    runs: [killedRun(random, engine, everyMs)],
  };
}

function killedRun(random: SeededLatency, engine: 'event' | 'micro-batch', everyMs: number): Run {
  const kills = Array.from({ length: KILLS }, (_, i): Kill => {
    const phase = random.uniform();
    const restoredMs = (engine === 'event' ? 520 : 800) + random.uniform() * 60;
    const firstOutputMs = restoredMs + 120 + everyMs * 0.3;
    return {
      atMs: 6_000 + i * 9_000 + phase * everyMs,
      phase,
      target: 'process',
      detectedMs: 3 + random.uniform() * 3,
      restartedMs: 60 + random.uniform() * 15,
      restoredMs,
      firstOutputMs,
      caughtUpMs: firstOutputMs + 900 + phase * everyMs * 0.5,
      replayedRecords: Math.round(phase * everyMs * 5),
      phaseSumErrorMs: random.uniform() * 4 - 2,
    };
  });
  const slices = Array.from({ length: 500 }, (_, i) => {
    const atMs = i * RECOVERY_SLICE_MS;
    const down = kills.find((kill) => atMs >= kill.atMs - 200 && atMs <= kill.atMs + (kill.caughtUpMs ?? 0));
    const leftMs = down === undefined ? 0 : down.atMs + (down.caughtUpMs ?? 0) - Math.max(atMs, down.atMs);
    const draw = () => random.latencyUs(engine === 'event' ? 5_200 : 300_000, 0.4);
    return slice(random, i, RECOVERY_SLICE_MS, draw, Math.round(leftMs * 600), leftMs * 5 + 30);
  });
  return {
    ...base('merchant-spend', engine, 'recovery', 500_000),
    kind: 'recovery',
    figures: {
      offeredRatePerSecond: 5_000,
      detection: 'process exit, or heartbeat missed for 1000 ms (checked every 100 ms)',
      kills,
      stateKeys: 1_000,
      bytesWritten: { total: 48_000_000 / everyMs, perSecond: 480_000 / everyMs },
      latency: random.distribution(20_000, () => random.latencyUs(5_200, 0.6)),
      generatorLag: random.distribution(20_000, () => random.latencyUs(90, 0.4)),
      slices,
      marks: marks(engine, 20_000),
    },
  };
}

const noiseFloor = (metric: string, spread: number): NoiseFloor => ({
  workload: 'merchant-spend',
  engine: 'event',
  guarantee: 'at-least-once',
  profile: 'default',
  variables: {},
  metric,
  comparisons: 20,
  ratios: Array.from({ length: 20 }, (_, i) => 1 + spread * Math.sin(i)),
  spread,
});
