import type { Cell, Result, Run } from '../model/index.ts';
import { compareSides, DEFAULT_CONFIG, type RegressionReport } from '../regression/index.ts';
import { copiesOf } from './copies-of.ts';
import { fixtureResult } from './fixture-result.ts';
import { SeededLatency } from './seeded-latency.ts';

const RUNS = 10;
const NOISE = 0.02;

/** Invented figures of two sides, ten runs each, with a row of every verdict: for tests of the reports only. */
export const regressionFixture = copiesOf(makeRegressionFixture);

function makeRegressionFixture(): RegressionReport {
  const { base, head } = sides();
  const report = compareSides(
    { name: 'baseline 4f1c2e0', results: [base] },
    { name: 'candidate 9ab77d1', results: [head] },
    { config: DEFAULT_CONFIG, seed: 42, vary: [] },
  );
  // Both sides are made of one fixture's runs, of which the remarks would tell.
  return { ...report, remarks: [] };
}

/** The results of both sides, with histograms drawn around the median of each run: those of the two sides differ as the figures of the report do. */
export const regressionSides = copiesOf(makeRegressionSides);

function makeRegressionSides(): { readonly base: Result; readonly head: Result } {
  const { base, head } = sides();
  return { base: withCurves(base, 3), head: withCurves(head, 4) };
}

const sides = () => ({ base: side(1, base4f1, () => 1), head: side(2, head9ab, planted) });

const CURVE_SAMPLES = 2_000;

function withCurves(result: Result, seed: number): Result {
  const random = new SeededLatency(seed);
  const withCurve = (run: Run): Run => {
    if (run.kind !== 'latency' || run.figures?.latency.p50 == null) return run;
    const { p50 } = run.figures.latency;
    const latency = random.distribution(CURVE_SAMPLES, () => random.latencyUs(p50, 0.4));
    return { ...run, figures: { ...run.figures, latency } };
  };
  return { ...result, cells: result.cells.map((cell) => ({ ...cell, runs: cell.runs.map(withCurve) })) };
}

type Planted = (cell: Cell, kind: Run['kind']) => number;

const planted: Planted = ({ workload, engine, guarantee }, kind) => {
  if (workload !== 'merchant-spend' || guarantee !== 'at-least-once') return 1;
  if (engine === 'event' && kind === 'latency') return 1.2;
  return engine === 'micro-batch' && kind === 'drain' ? 1.12 : 1;
};

const isCell = (cell: Cell, workload: string, engine: string) =>
  cell.workload === workload && cell.engine === engine;

/** Base has a cell that head has not. */
function base4f1(result: Result): Result {
  return {
    ...result,
    tool: { ...result.tool, gitCommit: '4f1c2e0aa11b' },
    cells: result.cells.filter((cell) => !isCell(cell, 'login-tracker', 'event')),
  };
}

/** Head has too few runs of one cell, another trigger in a second, and one cell less and one more than base. */
function head9ab(result: Result): Result {
  return {
    ...result,
    tool: { ...result.tool, gitCommit: '9ab77d1bb22c' },
    cells: result.cells
      .filter((cell) => !isCell(cell, 'regional-revenue', 'event'))
      .map((cell) => {
        if (isCell(cell, 'login-tracker', 'micro-batch')) return { ...cell, runs: cell.runs.slice(0, 9) };
        if (!isCell(cell, 'regional-revenue', 'micro-batch')) return cell;
        const settings = cell.settings.map((setting) =>
          setting.name === 'triggerIntervalMs' ? { ...setting, value: '250' } : setting,
        );
        return { ...cell, settings };
      }),
  };
}

function side(seed: number, shape: (result: Result) => Result, factorOf: Planted): Result {
  const random = new SeededLatency(seed);
  const result = fixtureResult();
  const cells = result.cells.map((cell) => ({
    ...cell,
    runs: Array.from({ length: RUNS }, (_, i) =>
      cell.runs.map((run) => varied(run, random, factorOf(cell, run.kind), `${run.runId}-${i + 1}`)),
    ).flat(),
  }));
  return shape({ ...result, cells });
}

/** A run whose figures are the given one's times a factor, with noise. */
function varied(run: Run, random: SeededLatency, planted: number, runId: string): Run {
  const around = (factor: number, spread = NOISE) => (factor * random.latencyUs(1_000_000, spread)) / 1e6;
  const factor = around(planted);
  const varyingCost = run.cost && {
    processes: run.cost.processes.map((process) => ({
      ...process,
      peakRssMb: process.peakRssMb * around(1),
    })),
    cpuSecondsPerMillionEvents:
      run.cost.cpuSecondsPerMillionEvents && run.cost.cpuSecondsPerMillionEvents * around(1),
  };
  const changed = { runId, cost: varyingCost };
  if (run.figures === null) return { ...run, ...changed };
  switch (run.kind) {
    case 'latency': {
      const { latency } = run.figures;
      const times = (value: number | null) => value && Math.round(value * factor);
      return {
        ...run,
        ...changed,
        figures: {
          ...run.figures,
          latency: {
            ...latency,
            p50: times(latency.p50),
            p99: times(latency.p99),
            p999: times(latency.p999),
          },
        },
      };
    }
    case 'drain': {
      const { eventsPerSecond, coldEventsPerSecond } = run.figures;
      return {
        ...run,
        ...changed,
        figures: {
          ...run.figures,
          eventsPerSecond: eventsPerSecond * factor,
          coldEventsPerSecond: coldEventsPerSecond * factor,
        },
      };
    }
    case 'recovery':
      return {
        ...run,
        ...changed,
        figures: {
          ...run.figures,
          kills: run.figures.kills.map((kill) => {
            const wide = around(1, 0.4);
            return {
              ...kill,
              firstOutputMs: kill.firstOutputMs && kill.firstOutputMs * wide,
              caughtUpMs: kill.caughtUpMs && kill.caughtUpMs * wide,
            };
          }),
        },
      };
    case 'sustain':
      return { ...run, ...changed };
    default:
      return run satisfies never;
  }
}
