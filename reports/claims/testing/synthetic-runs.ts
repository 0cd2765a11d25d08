import type { DrainRun, Kill, LatencyRun, RecoveryRun, Run, SustainRun } from '../../model/index.ts';
import { type LatencyTruth, syntheticDistribution } from './synthetic-distribution.ts';

/** What every run may be given beside its figures. */
interface RunTruth {
  /** Distinct keys of the log. */
  readonly keys?: number;
  readonly cpuSecondsPerMillion?: number;
  readonly lost?: number;
  readonly duplicates?: number;
  readonly duplicatesAllowed?: boolean;
  readonly lateRecords?: NonNullable<Run['verification']>['lateRecords'];
  readonly batches?: Run['batches'];
  readonly phasesMs?: Run['phasesMs'];
}

const LAG = syntheticDistribution({ p50Ms: 0.1 });

/** A latency run at a rate. */
export function latencyRun(
  ratePerSecond: number,
  truth: LatencyTruth & RunTruth & { readonly neverSteady?: boolean },
): LatencyRun {
  const distribution = syntheticDistribution(truth);
  return {
    ...baseOf(truth),
    kind: 'latency',
    figures: {
      offeredRatePerSecond: ratePerSecond,
      achievedRatePerSecond: ratePerSecond,
      eventTimeMultiple: null,
      schedule: {},
      warmupMs: 4_000,
      warmupEndedBy: truth.neverSteady === true ? 'maximum' : 'steady',
      measuredMs: 10_000,
      latency: distribution,
      uncorrected: distribution,
      perOutput: distribution,
      generatorLag: LAG,
      stages: { emitted: null, appended: null },
      seconds: [],
      negativeSamples: 0,
      slices: [],
      marks: [],
    },
  };
}

/** A drain of a backlog. */
export function drainRun(
  eventsPerSecond: number,
  truth: RunTruth & { readonly events?: number } = {},
): DrainRun {
  const events = truth.events ?? 500_000;
  return {
    ...baseOf(truth),
    kind: 'drain',
    figures: {
      events,
      eventsPerSecond,
      lastHalfPerSecond: null,
      coldEventsPerSecond: eventsPerSecond / 2,
      firstOutputMs: 500,
      lastOutputMs: 500 + (events / eventsPerSecond) * 1_000,
      covered: [],
    },
  };
}

/** A search for the sustainable rate, with its curve. Null: not even the lowest rate held. */
export function sustainRun(
  sustainablePerSecond: number | null,
  truth: RunTruth & {
    readonly slo?: NonNullable<SustainRun['figures']>['slo'];
    readonly limitedBy?: NonNullable<SustainRun['figures']>['limitedBy'];
    /** Latency by share of the answer. */
    readonly curve?: Readonly<Record<string, LatencyTruth>>;
  } = {},
): SustainRun {
  return {
    ...baseOf(truth),
    kind: 'sustain',
    figures: {
      slo: truth.slo ?? { percentile: 99, limitMs: 2_000 },
      sustainablePerSecond,
      bracket: { holds: sustainablePerSecond, fails: null },
      limitedBy: truth.limitedBy ?? 'engine',
      confirmations: 3,
      steps: [],
      curve: Object.entries(truth.curve ?? {}).map(([share, latency]) => ({
        share: Number(share),
        ratePerSecond: Math.round((sustainablePerSecond ?? 0) * Number(share)),
        latency: syntheticDistribution(latency),
        remarks: [],
      })),
    },
  };
}

/** Kills and what came after, one an entry: `caughtUpMs` null where it did not catch up. */
export function recoveryRun(
  kills: readonly (Partial<Kill> & { readonly caughtUpMs: number | null })[],
  truth: RunTruth & {
    readonly ratePerSecond?: number;
    readonly bytesPerSecond?: number;
    readonly detection?: string;
  } = {},
): RecoveryRun {
  const { bytesPerSecond } = truth;
  return {
    ...baseOf(truth),
    kind: 'recovery',
    figures: {
      offeredRatePerSecond: truth.ratePerSecond ?? 5_000,
      detection: truth.detection ?? 'process exit, or heartbeat missed for 1000 ms',
      kills: kills.map((kill, index) => ({
        atMs: 5_000 + index * 10_000,
        phase: 0.5,
        target: 'process',
        detectedMs: 5,
        restartedMs: 60,
        restoredMs: 400,
        firstOutputMs: kill.caughtUpMs === null ? null : kill.caughtUpMs / 2,
        replayedRecords: 1_000,
        phaseSumErrorMs: 0,
        ...kill,
      })),
      stateKeys: truth.keys ?? 1_000,
      bytesWritten:
        bytesPerSecond === undefined ? null : { total: bytesPerSecond * 60, perSecond: bytesPerSecond },
      latency: LAG,
      generatorLag: LAG,
      slices: [],
      marks: [],
    },
  };
}

/** The same run, refused as invalid. */
export function refused(run: Run): Run {
  const remark = { code: 'RUN_MACHINE_BUSY', message: 'Others took the CPU.', level: 'invalid' } as const;
  return { ...run, outcome: 'invalid', remarks: [remark] };
}

/** The same run, whose outputs were wrong. */
export function wrong(run: Run): Run {
  const { verification } = run;
  return {
    ...run,
    outcome: 'oracle-failed',
    verification: verification === null ? null : { ...verification, passed: false, wrong: 3 },
  };
}

/** The same run, ended by an error and without figures. */
export function failed(run: Run): Run {
  const remark = { code: 'RUN_ENGINE_FAILED', message: 'It ended.', level: 'invalid' } as const;
  return { ...run, outcome: 'failed', remarks: [remark], figures: null, verification: null };
}

const SAMPLES = 10_000;

function baseOf(truth: RunTruth): Omit<Extract<Run, { kind: 'drain' }>, 'kind' | 'figures'> {
  return {
    runId: 'synthetic',
    startedAt: '2026-01-02T03:04:05.000Z',
    wallMs: 20_000,
    log: {
      sha256: 'ab'.repeat(32),
      records: SAMPLES,
      specification: { events: SAMPLES, keys: truth.keys ?? 1_000, seed: 1 },
    },
    outcome: 'passed',
    remarks: [],
    verification: {
      passed: true,
      expectedSamples: SAMPLES,
      coveredSamples: SAMPLES,
      outputs: SAMPLES,
      lost: truth.lost ?? 0,
      duplicates: truth.duplicates ?? 0,
      duplicatesAllowed: truth.duplicatesAllowed ?? true,
      wrong: 0,
      reasons: [],
      lateRecords: truth.lateRecords ?? { expected: 0, seen: 0, how: 'none', sparkCount: null },
      deadLetters: { expected: 0, seen: 0 },
    },
    cost: { processes: [], cpuSecondsPerMillionEvents: truth.cpuSecondsPerMillion ?? 10 },
    machineUse: null,
    driver: null,
    phasesMs: truth.phasesMs ?? null,
    introspection: null,
    batches: truth.batches ?? null,
  };
}
