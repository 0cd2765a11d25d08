// A whole result in one file, invented figures of the size that `make bench` gives: for tests of the reports only.
import {
  type Cell,
  HEAT_BUCKETS_US,
  type LatencyRun,
  type Mark,
  type ProcessCost,
  RESULT_KIND,
  type Result,
  type Run,
  SCHEMA_VERSION,
  type Slice,
  type Verification,
} from '../model/index.ts';
import { copiesOf } from './copies-of.ts';
import { SeededLatency } from './seeded-latency.ts';

const LATENCY_SLICE_MS = 250;
const RECOVERY_SLICE_MS = 100;
const RATE = 5_000;

/** Invented figures: three workloads, both engines, merchant-spend under both guarantees, three runs a cell. */
export const fixtureResult = copiesOf(makeFixtureResult);

function makeFixtureResult(): Result {
  const random = new SeededLatency(7);
  const cells = (
    [
      ['merchant-spend', 'at-least-once'],
      ['merchant-spend', 'exactly-once'],
      ['login-tracker', 'at-least-once'],
      ['regional-revenue', 'at-least-once'],
    ] as const
  ).flatMap(([workload, guarantee]) =>
    (['event', 'micro-batch'] as const).map((engine) => fixtureCell(random, workload, engine, guarantee)),
  );
  return {
    kind: RESULT_KIND,
    schemaVersion: SCHEMA_VERSION,
    createdAt: '2026-01-02T03:04:05.000Z',
    command: ['crosscurrent', 'run', '--workload', 'all', '--engine', 'event,micro-batch', '--seed', '42'],
    seed: 42,
    status: 'complete',
    tool: { version: '0.1.0', gitCommit: '0123456789ab', gitDirty: false },
    machine: {
      cpuModel: 'Fixture CPU @ 2.00GHz',
      cores: 2,
      memoryMb: 7_900,
      os: 'Linux 6.1.0 x64',
      nodeVersion: 'v24.12.0',
      javaVersion: '21.0.5',
      loadAverage1m: 0.4,
      limits: { cpus: 2, memoryMb: null },
      clockResolutionUs: 0.04,
    },
    versions: { kafkajs: '2.2.4', crosscurrent: '0.1.0' },
    broker: {
      kind: 'embedded',
      description: 'embedded Apache Kafka 4.3.0, KRaft, one node',
      kafkaVersion: '4.3.0',
      heapMb: 512,
      comparable: true,
    },
    cells,
    floors: [
      {
        workload: 'merchant-spend',
        offeredRatePerSecond: RATE,
        latency: random.distribution(20_000, () => random.latencyUs(3_400, 0.5)),
        uncorrected: random.distribution(20_000, () => random.latencyUs(3_300, 0.5)),
        recordBytes: 62,
        remarks: [],
        generatorLag: random.distribution(20_000, () => random.latencyUs(90, 0.4)),
        ceilingPerSecond: 412_000,
      },
    ],
    noiseFloors: [],
  };
}

/** A cell with one run of each kind. */
export function fixtureCell(
  random: SeededLatency,
  workload: Cell['workload'],
  engine: 'event' | 'micro-batch',
  guarantee: Cell['guarantee'],
): Cell {
  const isEvent = engine === 'event';
  const draw = () => {
    const committed = guarantee === 'exactly-once' && isEvent ? random.uniform() * 1_000_000 : 0;
    if (isEvent) return random.latencyUs(5_200, 0.45) + Math.round(committed);
    return Math.round(random.uniform() * 500_000) + random.latencyUs(95_000, 0.2);
  };
  const shape = { workload, engine, random, draw };
  return {
    workload,
    engine,
    profile: 'default',
    guarantee,
    variables: {},
    settings: [
      { name: 'slots', value: '2', source: 'flag' },
      isEvent
        ? { name: 'checkpointIntervalMs', value: '1000', source: 'default' }
        : { name: 'triggerIntervalMs', value: '500', source: 'default' },
      { name: 'state', value: 'heap', source: 'default' },
      { name: 'producer.acks', value: 'all', source: 'profile' },
      { name: 'producer.lingerMs', value: '0', source: 'default' },
      { name: 'guarantee', value: guarantee, source: 'flag' },
    ],
    runs: [latencyRun(shape), drainRun(shape), recoveryRun(shape)],
  };
}

export interface Shape {
  readonly workload: Cell['workload'];
  readonly engine: 'event' | 'micro-batch';
  readonly random: SeededLatency;
  readonly draw: () => number;
}

/** An invented latency run. */
export function latencyRun({ workload, engine, random, draw }: Shape): LatencyRun {
  const samples = workload === 'regional-revenue' ? 600 : 20_000;
  return {
    ...base(workload, engine, 'latency', samples),
    kind: 'latency',
    figures: {
      offeredRatePerSecond: RATE,
      achievedRatePerSecond: RATE * 0.9998,
      eventTimeMultiple: workload === 'regional-revenue' ? 60 : null,
      schedule: { profile: 'constant', ratePerSecond: RATE },
      warmupMs: 4_000,
      warmupEndedBy: 'steady',
      measuredMs: 12_000,
      latency: random.distribution(samples, draw),
      uncorrected: random.distribution(samples, draw),
      perOutput: random.distribution(samples, draw),
      generatorLag: random.distribution(samples, () => random.latencyUs(90, 0.4)),
      stages: {
        emitted: random.distribution(samples, () => Math.max(0, draw() - 1_900)),
        appended: random.distribution(samples, () => Math.max(0, draw() - 700)),
      },
      seconds: Array.from({ length: 16 }, (_, i) => ({
        atMs: i * 1_000,
        latency: random.distribution(100, draw),
      })),
      negativeSamples: 0,
      slices: Array.from({ length: 64 }, (_, i) =>
        slice(random, i, LATENCY_SLICE_MS, draw, i === 37 ? 400_000 : 0, 30),
      ),
      marks: marks(engine, 16_000),
    },
  };
}

function drainRun({ workload, engine }: Shape): Run {
  const perSecond = engine === 'event' ? 123_000 : 217_000;
  const events = 1_000_000;
  const firstOutputMs = engine === 'event' ? 420 : 910;
  const lastOutputMs = firstOutputMs + (events / perSecond) * 1_000;
  return {
    ...base(workload, engine, 'drain', events),
    kind: 'drain',
    figures: {
      events,
      eventsPerSecond: perSecond,
      lastHalfPerSecond: null,
      coldEventsPerSecond: events / (lastOutputMs / 1_000),
      firstOutputMs,
      lastOutputMs,
      covered: Array.from({ length: 201 }, (_, i): [number, number] => [
        firstOutputMs + ((lastOutputMs - firstOutputMs) * i) / 200,
        Math.round((events * i) / 200),
      ]),
    },
  };
}

function recoveryRun({ workload, engine, random, draw }: Shape): Run {
  const isEvent = engine === 'event';
  const caughtUpMs = isEvent ? 2_650 : 3_900;
  const killMs = 12_130;
  const delayed = (i: number) => {
    const sinceKillMs = i * RECOVERY_SLICE_MS - killMs;
    if (sinceKillMs < -RECOVERY_SLICE_MS || sinceKillMs > caughtUpMs) return 0;
    return Math.round((caughtUpMs - Math.max(0, sinceKillMs)) * 600);
  };
  return {
    ...base(workload, engine, 'recovery', 125_000),
    kind: 'recovery',
    figures: {
      offeredRatePerSecond: RATE,
      stateKeys: 1_000,
      bytesWritten: { total: 960_000, perSecond: 48_000 },
      detection: 'process exit, or heartbeat missed for 1000 ms (checked every 100 ms)',
      kills: [
        {
          atMs: killMs,
          phase: 0.37,
          target: 'process',
          detectedMs: 4.2,
          restartedMs: 61,
          restoredMs: isEvent ? 540 : 830,
          firstOutputMs: isEvent ? 705 : 1_480,
          caughtUpMs,
          replayedRecords: isEvent ? 1_850 : 5_000,
          phaseSumErrorMs: 1.2,
        },
      ],
      latency: random.distribution(20_000, draw),
      generatorLag: random.distribution(20_000, () => random.latencyUs(90, 0.4)),
      slices: Array.from({ length: 200 }, (_, i) =>
        slice(random, i, RECOVERY_SLICE_MS, draw, delayed(i), delayed(i) / 150 + 30),
      ),
      marks: marks(engine, 20_000),
    },
  };
}

/** An invented slice of a time series. */
export function slice(
  random: SeededLatency,
  i: number,
  lengthMs: number,
  draw: () => number,
  delayUs: number,
  lag: number,
): Slice {
  const values = Array.from({ length: 30 }, () => draw() + delayUs).sort((a, b) => a - b);
  const heat = Array.from({ length: HEAT_BUCKETS_US.length + 1 }, () => 0);
  for (const value of values) {
    const bucket = HEAT_BUCKETS_US.findIndex((upper) => value <= upper);
    const index = bucket < 0 ? HEAT_BUCKETS_US.length : bucket;
    heat[index] = (heat[index] ?? 0) + 1;
  }
  return {
    atMs: i * lengthMs,
    lengthMs,
    samples: RATE * (lengthMs / 1_000),
    p50: values[15] ?? null,
    p99: values[28] ?? null,
    max: values[29] ?? null,
    offered: RATE * (lengthMs / 1_000),
    outputs: Math.round(RATE * (lengthMs / 1_000) * (0.92 + random.uniform() * 0.16)),
    lag: Math.round(lag),
    heat,
  };
}

/** Invented checkpoints or batches, and pauses of the garbage collector. */
export function marks(engine: 'event' | 'micro-batch', lengthMs: number): Mark[] {
  const intervalMs = engine === 'event' ? 1_000 : 500;
  const planned = Array.from(
    { length: Math.floor(lengthMs / intervalMs) },
    (_, i): Mark => ({
      kind: engine === 'event' ? 'checkpoint' : 'batch',
      id: i + 1,
      atMs: (i + 1) * intervalMs,
      durationMs: engine === 'event' ? 38 : 160,
      pauseMs: engine === 'event' ? 0.8 : null,
      bytesWritten: 48_000,
    }),
  );
  const pauses = Array.from(
    { length: 40 },
    (_, i): Mark => ({
      kind: 'gc-pause',
      atMs: ((i + 0.3) * lengthMs) / 40,
      durationMs: i === 17 ? 31.4 : 2.2 + (i % 5),
    }),
  );
  return [...planned, ...pauses].sort((a, b) => a.atMs - b.atMs);
}

/** What every fixture run has beside its figures. */
export function base(workload: string, engine: string, kind: string, samples: number) {
  const verification: Verification = {
    passed: true,
    expectedSamples: samples,
    coveredSamples: samples,
    outputs: samples,
    lost: 0,
    duplicates: 0,
    duplicatesAllowed: false,
    wrong: 0,
    reasons: [],
    lateRecords: { expected: 0, seen: 0, how: 'none', sparkCount: null },
    deadLetters: { expected: 0, seen: 0 },
  };
  return {
    runId: `${workload}-${engine}-${kind}`,
    startedAt: '2026-01-02T03:04:05.000Z',
    wallMs: 41_000,
    log: {
      sha256: 'ab'.repeat(32),
      records: 175_000,
      specification: { events: 175_000, keys: 1_000, seed: 42 },
    },
    outcome: 'passed' as const,
    remarks: [],
    verification,
    cost: {
      processes: [fixtureProcess(engine)],
      cpuSecondsPerMillionEvents: engine === 'event' ? 18.7 : 12.9,
    },
    machineUse: { foreignCpuShare: 0.03, stolenCpuShare: 0.004 },
    driver:
      kind === 'drain'
        ? null
        : {
            producers: 1,
            scheduling: 'real-time' as const,
            longestUnacknowledgedMs: 14,
            ceilingShare: RATE / 412_000,
          },
    phasesMs: null,
    introspection: null,
    batches: null,
  };
}

function fixtureProcess(engine: string): ProcessCost {
  const cpuSeconds = engine === 'event' ? 4.2 : 2.9;
  return {
    name: 'process 1',
    cpuSeconds,
    peakRssMb: 412.4,
    peakThreads: 17,
    voluntarySwitches: 48_211,
    involuntarySwitches: 933,
    bytesWritten: 1_310_720,
    gc: { pauses: 41, totalMs: 96.4, longestMs: 8.1 },
    timeline: {
      firstAtMs: 0,
      stepMs: 100,
      cpuShare: Array.from({ length: 160 }, (_, i) => (cpuSeconds / 16) * (1 + 0.4 * Math.sin(i / 3))),
      rssMb: Array.from({ length: 160 }, (_, i) => 280 + i * 0.8),
    },
  };
}
