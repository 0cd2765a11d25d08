import type { Cell, Result, Run } from '../model/index.ts';
import { copiesOf } from './copies-of.ts';
import { fixtureCell, fixtureResult, latencyRun } from './fixture-result.ts';
import { SeededLatency } from './seeded-latency.ts';

const WORKLOADS = ['merchant-spend', 'login-tracker', 'regional-revenue'] as const;

/** By how much the invented figures of a real system differ from those of the engine modelled on it. */
const REAL = {
  flink: { model: 'event', version: '2.2.1', drain: 0.6, time: 4.2, cpu: 1.4, memory: 3.1 },
  spark: { model: 'micro-batch', version: '4.2.0', drain: 0.5, time: 2.3, cpu: 2.8, memory: 2.6 },
} as const;

/** Invented figures of the three workloads on all four engines, as `make bench-real` measures them, and of a Flink tuned for latency. */
export const realResult = copiesOf(makeRealResult);

function makeRealResult(): Result {
  const random = new SeededLatency(11);
  const base = fixtureResult();
  const cells = WORKLOADS.flatMap((workload) => [
    embedded(random, workload, 'event'),
    real(random, workload, 'flink'),
    embedded(random, workload, 'micro-batch'),
    real(random, workload, 'spark'),
  ]);
  const flink = real(random, 'merchant-spend', 'flink');
  const tuned: Cell = {
    ...flink,
    profile: 'tuned-latency',
    settings: flink.settings.map((row) =>
      row.name === 'bufferTimeoutMs' ? { ...row, value: '0', source: 'profile' } : row,
    ),
    runs: flink.runs.filter(({ kind }) => kind === 'latency'),
  };
  const [floor] = base.floors;
  return {
    ...base,
    command: ['crosscurrent', 'run', '--preset', 'bench-real'],
    cells: [...cells, tuned],
    floors: floor === undefined ? [] : WORKLOADS.map((workload) => ({ ...floor, workload })),
  };
}

function embedded(random: SeededLatency, workload: string, engine: 'event' | 'micro-batch'): Cell {
  const cell = fixtureCell(random, workload, engine, 'at-least-once');
  return {
    ...cell,
    settings: settingsOf(engine),
    variables: engine === 'event' ? { bufferTimeoutMs: 'own' } : {},
    runs: cell.runs.map((run) => withLastHalf(run, 1)),
  };
}

function real(random: SeededLatency, workload: string, engine: 'flink' | 'spark'): Cell {
  const { model, drain, time, cpu, memory } = REAL[engine];
  const cell = embedded(random, workload, model);
  const latency = latencyRun({
    workload,
    engine: model,
    random,
    draw: () =>
      model === 'event'
        ? random.latencyUs(5_200 * time, 0.45)
        : Math.round(random.uniform() * 500_000) + random.latencyUs(95_000 * time, 0.2),
  });
  return {
    ...cell,
    engine,
    settings: settingsOf(engine),
    runs: cell.runs.map((run) =>
      slower(run.kind === 'latency' ? latency : run, { engine, drain, time, cpu, memory }),
    ),
  };
}

interface Slower {
  readonly engine: string;
  readonly drain: number;
  readonly time: number;
  readonly cpu: number;
  readonly memory: number;
}

function slower(run: Run, { engine, drain, time, cpu, memory }: Slower): Run {
  const cost = run.cost && {
    processes: run.cost.processes.map((process) => ({
      ...process,
      cpuSeconds: process.cpuSeconds * cpu,
      peakRssMb: process.peakRssMb * memory,
    })),
    cpuSecondsPerMillionEvents: (run.cost.cpuSecondsPerMillionEvents ?? 0) * cpu,
  };
  const of = { runId: `${run.runId}-${engine}`, cost };
  switch (run.kind) {
    case 'drain': {
      if (run.figures === null) return run;
      const { firstOutputMs, lastOutputMs, events } = run.figures;
      const at = (atMs: number) => firstOutputMs * 20 + (atMs - firstOutputMs) / drain;
      const figures = {
        ...run.figures,
        eventsPerSecond: run.figures.eventsPerSecond * drain,
        coldEventsPerSecond: events / (at(lastOutputMs) / 1_000),
        firstOutputMs: at(firstOutputMs),
        lastOutputMs: at(lastOutputMs),
        covered: run.figures.covered.map(([atMs, count]): [number, number] => [at(atMs), count]),
      };
      return withLastHalf({ ...run, ...of, figures }, 1.3);
    }
    case 'recovery': {
      if (run.figures === null) return run;
      const late = (value: number | null) => value && value * time * 2;
      const kills = run.figures.kills.map((kill) => ({
        ...kill,
        detectedMs: late(kill.detectedMs),
        restartedMs: late(kill.restartedMs),
        restoredMs: late(kill.restoredMs),
        firstOutputMs: late(kill.firstOutputMs),
        caughtUpMs: late(kill.caughtUpMs),
      }));
      return { ...run, ...of, figures: { ...run.figures, kills, detection: `as ${engine} is set` } };
    }
    case 'latency':
    case 'sustain':
      return { ...run, ...of };
  }
}

/** One big batch has no last half: the windows of the two that batch. */
function withLastHalf(run: Run, factor: number): Run {
  if (run.kind !== 'drain' || run.figures === null) return run;
  const isOneBatch = run.runId.startsWith('regional-revenue-micro-batch');
  const lastHalfPerSecond = isOneBatch ? null : run.figures.eventsPerSecond * factor;
  return { ...run, figures: { ...run.figures, lastHalfPerSecond } };
}

function settingsOf(engine: Cell['engine']): Cell['settings'] {
  const rows = (values: Readonly<Record<string, string>>): Cell['settings'] =>
    Object.entries(values).map(([name, value]) => ({ name, value, source: 'default' }));
  const clients = { acks: '-1', lingerMs: '0', maxInFlight: '5', fetchMaxWaitMs: '500' };
  switch (engine) {
    case 'event':
      return rows({ parallelism: '2', checkpointIntervalMs: '1000', bufferTimeoutMs: '1', ...clients });
    case 'flink':
      return rows({
        parallelism: '2',
        checkpointIntervalMs: '1000',
        bufferTimeoutMs: '100',
        heartbeatIntervalMs: '10000',
        ...clients,
        flinkVersion: REAL.flink.version,
      }).map((row) => (row.name === 'checkpointIntervalMs' ? { ...row, systemDefault: 'none' } : row));
    case 'micro-batch':
      return rows({
        triggerIntervalMs: '500',
        maxRecordsPerBatch: '125000',
        statePartitions: '2',
        ...clients,
      });
    case 'spark':
      return rows({
        triggerIntervalMs: '500',
        maxRecordsPerBatch: '125000',
        statePartitions: '2',
        cores: '2',
        ...clients,
        sparkVersion: REAL.spark.version,
      });
  }
}
